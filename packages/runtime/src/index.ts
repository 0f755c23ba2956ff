// The public interface of `@netwright/runtime`: the backend contract, training, metrics, predictions, bundles.

export type {
  Backend,
  BackendInfo,
  BackendPart,
  Call,
  CompileOptions,
  FusedBy,
  Machine,
  NamedTensors,
  ProfileInput,
  TensorData,
} from "./backend/backend.ts";
export { BACKEND_CONTRACT, BackendError, MOST_DEVICES } from "./backend/backend.ts";
export {
  canExplain,
  canProfile,
  type ExplainingBackend,
  type ProfilingBackend,
} from "./backend/capabilities.ts";
export { expandFor } from "./backend/expand-for.ts";
export type {
  CompiledExplanation,
  FunctionExplanation,
  KernelExplanation,
  KernelTime,
  PartTime,
  Profile,
  ProgramExplanation,
} from "./backend/explanation.ts";
export { isBackendError } from "./backend/is-backend-error.ts";
export { type NumericsOptions, unsupportedNumerics } from "./backend/unsupported-numerics.ts";
export { unsupportedOps } from "./backend/unsupported-ops.ts";
export { bundleToFiles, filesToBundle } from "./bundle/bundle.ts";
export {
  type ResumeChange,
  readCheckpoint,
  readSealedCheckpoint,
  resumeProblem,
  type SavedCheckpoint,
  writeCheckpoint,
} from "./bundle/checkpoint-file.ts";
export { checkpointMisfit, type TrainingExtent } from "./bundle/checkpoint-fits.ts";
export { RUN_FORMAT } from "./bundle/format-version.ts";
export { readHistory, writeHistory } from "./bundle/history-file.ts";
export {
  type ModelFile,
  modelTexts,
  readModelFile,
  readModelTexts,
  type SettingValue,
  type SourceText,
  writeModelFile,
} from "./bundle/model-file.ts";
export type { RunBundle } from "./bundle/run-bundle.ts";
export { type RunFiles, runFileNames } from "./bundle/run-files.ts";
export { hashOfJson, type RunIdentity, runHash } from "./bundle/run-hash.ts";
export {
  deviceCount,
  type Expectation,
  type ImportedFrom,
  type NaiveMetrics,
  type RunRecord,
  type RunStatus,
  type SplitRecord,
} from "./bundle/run-record.ts";
export { isFurther, isWhole, mayReplace } from "./bundle/worth.ts";
export { evaluateChunk, evaluateChunks } from "./evaluation/evaluate-chunks.ts";
export {
  type Decoded,
  type Evaluation,
  type Evaluations,
  evaluateSplit,
  evaluateSplits,
  evaluationOf,
  evaluationOfView,
  type Measure,
  type Predicted,
  predictSplit,
  viewOf,
} from "./evaluation/evaluate-split.ts";
export type { Batch, Feeds } from "./executable/batch.ts";
export { checkState } from "./executable/check.ts";
export { compile } from "./executable/compile.ts";
export {
  type Executable,
  executableOf,
  type Invocation,
  type StepResult,
  type Sums,
} from "./executable/executable.ts";
export { hashBytes, hashText } from "./hash/hash.ts";
export { splitsHash } from "./hash/splits-hash.ts";
export { weightsHash } from "./hash/weights-hash.ts";
export { type ConfusionMatrix, confusionMatrix } from "./metrics/confusion-matrix.ts";
export { defineMetric, type Metric, type MetricView, type Quantiles } from "./metrics/metric.ts";
export {
  computeMetrics,
  type Metrics,
  type MetricUse,
  metrics,
  metricsFor,
} from "./metrics/table.ts";
export { createBreather } from "./pause/breather.ts";
export { predictRows } from "./prediction/predict-rows.ts";
export { backendProblem } from "./problem/backend-problem.ts";
export { type RuntimeCode, runtimeCodes } from "./problem/codes.ts";
export { isOutOfMemory } from "./problem/out-of-memory.ts";
export type { Outcome, RuntimeProblem } from "./problem/problem.ts";
export { messageOf } from "./problem/thrown.ts";
export { isMissingPackage } from "./registry/missing-package.ts";
export {
  type BackendEntry,
  type BackendRegistry,
  type ImportPackage,
  resolveBackend,
} from "./registry/registry.ts";
export { isBackend } from "./registry/third-party.ts";
export type { TensorFile } from "./safetensors/format.ts";
export { readSafetensors } from "./safetensors/read.ts";
export { writeSafetensors } from "./safetensors/write.ts";
export { arrayFor } from "./tensors/array-for.ts";
export {
  elementTypeOf,
  littleEndianBytes,
  type ShapedTensor,
  type Tensors,
  withoutShapes,
  withShapes,
} from "./tensors/tensors.ts";
export { type BatchFeed, createBatchFeed, stepOn } from "./training/batch-feed.ts";
export type { EpochEvent, StartEvent, StepEvent, TrainingCallbacks } from "./training/callbacks.ts";
export type { BestWeights, Checkpoint, Progress } from "./training/checkpoint.ts";
export { hasStopped, type StopRule } from "./training/early-stopping.ts";
export { comparableHistory, type History, type HistoryLine } from "./training/history.ts";
export type { Checkpointing } from "./training/keep-checkpoints.ts";
export {
  describeFailure,
  type FailureContext,
  type MemberRates,
  type NonFiniteCause,
  type NonFiniteFailure,
} from "./training/non-finite/failure.ts";
export { batchSizes, checkPlan, type Splits, type Tracer, type TrainingPlan } from "./training/plan.ts";
export type { Ending, TrainingResult, TrainingStatus } from "./training/result.ts";
export { train } from "./training/train.ts";
export { weightNames, weightsOf } from "./training/weights-of.ts";
