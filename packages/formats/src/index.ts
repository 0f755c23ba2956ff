// The public interface of `@netwright/formats`: a model, as plain data, to the files of other tools. Each format is loaded when
// it is used. Running their readers is in `./node`.

export { type Carries, refusalsOf } from "./carries.ts";
export {
  type CheckFormat,
  type CheckReport,
  type Difference,
  differenceTo,
  type Exported,
  type ImportReader,
  originalNumbers,
  predictedNumbers,
} from "./check.ts";
export type { Format, FormatFile, FormatOptions, Refusal, Refused, WriteFormat, Written } from "./format.ts";
export {
  type Arrived,
  type ForeignFiles,
  type ForeignLayer,
  type ForeignModel,
  instanceOf,
  type NotUnderstood,
  type ReadForeign,
  type ReadSettings,
} from "./import/foreign-model.ts";
export { type NotRead, notRead } from "./import/not-read.ts";
export type { ForeignRun, ForeignSamples, RunForeign } from "./import/run.ts";
export { type TargetNode, type TensorsTaken, tensorsInto } from "./import/safetensors/tensors-into.ts";
export {
  numbersIn,
  SCALING_LAYER,
  type Scaling,
  scalingArgs,
  scalingOf,
  scalingTensor,
} from "./import/scaling.ts";
export { type Reader, type ReaderName, readerOf, readers } from "./import/table.ts";
export type {
  ColumnPlace,
  Missing,
  NumberCoding,
  NumberColumn,
  PortableColumn,
  UnknownWord,
  WordCoding,
  WordColumn,
} from "./model/columns.ts";
export { type Contract, contractOf, OWN_WEIGHTS, ownTexts, ownTextsIn } from "./model/contract.ts";
export { ACTIVATION_NAMES } from "./model/layer-names.ts";
export type { FloatTensor } from "./model/layouts.ts";
export { type LayerTensor, type Link, type PortableNetwork, weightsOf } from "./model/network.ts";
export { type NumberOutput, type PortableOutputs, scalesOf, widthOf } from "./model/outputs.ts";
export type { PortableModel } from "./model/portable-model.ts";
export type { RefusedRow, SampleAnswer, SampleRow, Samples, SampleValue } from "./model/samples.ts";
export { DIALECT_NAMES, type DialectName } from "./sql/dialect-names.ts";
export { DIALECTS, type Dialect } from "./sql/dialects.ts";
export { sampleTable, toldNames } from "./sql/sample-table.ts";
export { type FormatName, formats } from "./table.ts";
