// What works anywhere. The entry points `./node/index.ts` and `./browser/index.ts` add `train` and `load`.

export {
  apartParts,
  defineActivation,
  defineConstraint,
  defineElementwiseLoss,
  defineLayer,
  defineLoss,
  defineOptimizer,
  defineSchedule,
  learningRate,
  onNumbers,
  plainParts,
  slotOf,
  statistic,
  weight,
} from "@netwright/compiler";
export {
  chosen,
  defineColumnType,
  defineMissing,
  defineNumberEncoder,
  defineScaling,
  defineSplitter,
  defineWordEncoder,
} from "@netwright/data";
export {
  choice,
  columnName,
  columnNames,
  columnsOrAll,
  flag,
  instance,
  integer,
  list,
  numbersOf,
  optional,
  real,
  scheduled,
  sharesConflict,
  splitParams,
  text,
} from "@netwright/definitions";
export { DIALECT_NAMES as dialectNames, type ReaderName, readers } from "@netwright/formats";
export { defineMetric, isFurther } from "@netwright/runtime";
export { type ExportModelOptions, exportModel } from "./api/export-model.ts";
export { type ExportOptions, exportWasm } from "./api/export-wasm.ts";
export { type ImportedModel, importModel, importWeights, predictImported } from "./api/import-model.ts";
export {
  type DependenceOptions,
  type ImportanceOptions,
  measureDependence,
  measureImportance,
} from "./api/influence.ts";
export { tableOf } from "./api/table-of.ts";
export {
  fromOutcome,
  type Platform,
  type SplitMetrics,
  type TrainedModel,
  type TrainOptions,
  trainWith,
} from "./api/train.ts";
export { type LoadOptions, type Predict, type UsableModel, usableModel } from "./api/usable-model.ts";
export { onDevices } from "./backends/on-devices.ts";
export { type BackendChoice, DEFAULT_BACKEND, findBackendIn, portableBackends } from "./backends/registry.ts";
export type { Baselines, RunOfFile } from "./baselines/baselines.ts";
export type { BaselineModel, BaselineName, LeftOutBaseline } from "./baselines/task.ts";
export { MODEL_TITLES } from "./baselines/verdict.ts";
export { type CatalogOption, catalog, type FullCatalog } from "./catalog/catalog.ts";
export { type ExampleProgram, examplePrograms } from "./catalog/example-programs.ts";
export { type Additions, extendCatalog } from "./catalog/extend-catalog.ts";
export {
  diffModels,
  type LayerChange,
  type LayerSide,
  type ModelDiff,
  type SettingChange,
  type WeightMatch,
} from "./diff/diff-models.ts";
export { type Task, tasks } from "./draft/choose-task.ts";
export {
  type Draft,
  type DraftedNet,
  type DraftOptions,
  draftNet,
  type LeftOut,
} from "./draft/draft-net.ts";
export { leftOutLines } from "./draft/left-out-lines.ts";
export { type RecipeName, recipeNames } from "./draft/recipes/table.ts";
export type { Refusal, RefusalCause } from "./draft/refusal.ts";
export { type Explanation, explain, type LayerRow } from "./explain/explain.ts";
export { type ColumnRow, explainColumns } from "./explain/explain-columns.ts";
export { explainKernels } from "./explain/explain-kernels.ts";
export { explainMembers, type MemberRow } from "./explain/explain-members.ts";
export { exportRun, type WasmExport } from "./export/export-run.ts";
export { exportStablehlo, type StablehloExport, type StablehloSettings } from "./export/export-stablehlo.ts";
export {
  type ExportFormat,
  exportFormats,
  type FormatFile,
  type FormatName,
  type FormatOptions,
} from "./export/formats.ts";
export { type PortableSettings, portableModel } from "./export/portable/portable-model.ts";
export { exportTraining, type TrainingFile } from "./export/training/export-training.ts";
export type { ReadManifest } from "./export/training/read-manifest.ts";
export { type Files, memoryFiles, type ReadBytes, type ReadTable, type ReadText } from "./files/files.ts";
export { codeTitles } from "./help/code-titles.ts";
export { helpFor, helpForParam, helpNames, helpPages, type ParamHelp } from "./help/help-for.ts";
export type { HelpKind, HelpPage, HelpParam } from "./help/help-page.ts";
export { pageMarkdown, paramMarkdown } from "./help/page-markdown.ts";
export type { Imported, ImportFileOptions } from "./import/import-foreign.ts";
export { PIXELS, type Pixels } from "./import/pixels.ts";
export type { Dependence, DependencePoint } from "./influence/dependence.ts";
export type { ColumnImportance, ImportanceSettings, Importances } from "./influence/importance.ts";
export { labelledRows, type Subject } from "./influence/subject.ts";
export { type Filters, findFilters } from "./inside/filters.ts";
export { type Inside, type InsideValue, lookInside, type TextInside } from "./inside/look-inside.ts";
export { intervalIn, numbersIn, setIn } from "./model/beside.ts";
export { type EvaluatedTable, type LoadedModel, openModel, readingOf } from "./model/loaded-model.ts";
export type {
  ClassSet,
  Interval,
  IntervalsByTarget,
  Prediction,
  QuantileValues,
  Spreads,
} from "./model/predictions.ts";
export { quantileName } from "./model/quantiles.ts";
export { type SavedModel, savedModel } from "./model/saved-model.ts";
export { savedText } from "./model/saved-text.ts";
export { spreadName } from "./model/spreads.ts";
export { NetwrightError } from "./netwright-error.ts";
export { type ProjectCode, projectCodes } from "./project/codes.ts";
export {
  fromData,
  fromRuntime,
  IS_DIRECTORY,
  projectError,
  projectWarning,
  runtimeWarning,
  unreadableData,
} from "./project/diagnostics.ts";
export {
  openAnyProject,
  openProject,
  type Project,
  type ProjectOptions,
  type ProjectSource,
} from "./project/open-project.ts";
export { pictureColumns, withPictures } from "./project/picture-columns.ts";
export { type TableMemory, tableMemory } from "./project/project-table.ts";
export { accept, type Checked, reject } from "./project/result.ts";
export { tableForNet } from "./project/table-for-net.ts";
export { rateText } from "./rates/advised-rate.ts";
export type { RatePoint } from "./rates/judge-rates.ts";
export { RANGE, type RangeTest, type RangeTestOptions, rangeTest } from "./rates/range-test.ts";
export { resolvedText } from "./resolved/resolved-text.ts";
export { spellArgument } from "./resolved/spell.ts";
export type { Json, JsonSchema } from "./schema/json-schema.ts";
export { definitionsSchema, modelSchema, type SchemaName, schemaNames, schemaOf } from "./schema/schemas.ts";
export type { ModelsTogether, RowsOfModels } from "./study/models-together.ts";
export { type MetricSpreads, type Spread, type StudyMetrics, studyMetrics } from "./study/spread.ts";
export type { Study, StudyOptions, StudyRun } from "./study/study.ts";
export { planOf, studyChange, textChange } from "./study/study-changes.ts";
export { StudyError } from "./study/study-error.ts";
export {
  describePlanned,
  type PlannedRun,
  plannedRuns,
  type StudyPlan,
  seedsFrom,
} from "./study/study-plan.ts";
export {
  entryOf,
  firstHash,
  type PlannedHash,
  STUDY_FORMAT,
  type StudyEntry,
  type StudyRecord,
  studyName,
  withIntervals,
} from "./study/study-record.ts";
export { naiveText } from "./training/baseline.ts";
export { checkpointWarning, earlierWarning, unfinishedWarning } from "./training/checkpoint-warnings.ts";
export type {
  CheckpointStore,
  EarlierTraining,
  FoundCheckpoint,
} from "./training/checkpoints.ts";
export { judge, judgeValues, unmet, type Verdict } from "./training/expectations.ts";
export { type ImportOptions, importTrained, type TrainedElsewhere } from "./training/import-trained.ts";
export type { InitialWeights } from "./training/initial-weights.ts";
export { type KeptExecutable, keptExecutable } from "./training/kept-executable.ts";
export { measureOf } from "./training/measure.ts";
export { planRun, type RunPlan, rowsHash } from "./training/plan-run.ts";
export { profileTraining } from "./training/profile-training.ts";
export type { InterruptedRun } from "./training/resume-changes.ts";
export { runName } from "./training/run-name.ts";
export { type FilesOfRun, runToFiles, type SavableRun } from "./training/run-to-files.ts";
export { type RunOptions, runTraining } from "./training/run-training.ts";
export { sourceTexts, type TrainedRun } from "./training/trained-run.ts";
export { VERSION } from "./version.ts";
