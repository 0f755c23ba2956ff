// The public API in Node. It only passes on: the command imports from here too, and loads no more than what it names.

export * from "../index.ts";
export {
  type BaselineOptions,
  baseline,
  type FolderOptions,
  importance,
  learningRates,
  load,
  type NodeLoadOptions,
  type NodeStudyOptions,
  type NodeTrainOptions,
  partialDependence,
  type RatesOptions,
  type SavableModel,
  study,
  train,
} from "./api.ts";
export { backendRegistry, findBackend, recordedBackend } from "./backends.ts";
export { baselinesOf, type CompareOptions } from "./baselines.ts";
export { checkExported } from "./check-exported.ts";
export { checkImported, type ImportReport } from "./check-imported.ts";
export {
  type CheckpointFolder,
  type CheckpointFolderOptions,
  checkpointFolder,
  checkpointOf,
  runOfCheckpoint,
} from "./checkpoint-folder.ts";
export { nodeFiles, openTable, pictureFrom, readText } from "./files.ts";
export { foreignFiles } from "./foreign-files.ts";
export { INITIAL_WEIGHTS, initialWeightsSetting } from "./initial-weights-setting.ts";
export { isTableThere, tableFiles } from "./matching-files.ts";
export { type FoundInterrupted, readInterrupted } from "./read-interrupted.ts";
export { type ReadTraining, readTraining } from "./read-training.ts";
export { reasonOf } from "./reason-of.ts";
export { putRun } from "./run-place.ts";
export {
  isStudy,
  openStudy,
  placeStudy,
  STUDY_RECORD,
  studyFolder,
  studyPlace,
  unfinishedStudy,
  writeStudy,
} from "./study-folder.ts";
export {
  openTogether,
  readStudyModels,
  type StudyModel,
  type StudyModels,
  savedModels,
} from "./study-models.ts";
export { tableBytes } from "./table-file.ts";
