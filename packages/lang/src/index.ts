// Public face of the language package.

export type { Analysis, AnalyzeOptions } from "./analyze.ts";
export { analyze } from "./analyze.ts";
export type { Args, Argument, Family, Instance } from "./catalog/argument.ts";
export type {
  ActivationDefinition,
  Bounds,
  Catalog,
  Definition,
  EncoderDefinition,
  LayerParts,
  LayerSignature,
  MetricDefinition,
  Shape,
  ShapeProblem,
} from "./catalog/catalog.ts";
export { isShapeProblem } from "./catalog/catalog.ts";
export { anyNumber, type Interval } from "./catalog/interval.ts";
export type { ArgsOf, Param, Params, ParamType } from "./catalog/param.ts";
export { choice, flag, instance, integer, list, optional, real, text, textChoice } from "./catalog/param.ts";
export type { Code, CodeEntry } from "./codes.ts";
export { codes } from "./codes.ts";
export type { Diagnostic, Edit, Fix, Severity } from "./diagnostic.ts";
export { type Formatted, format, LINE_WIDTH } from "./format/format.ts";
export type * from "./model/model.ts";
export type { JsonDiagnostic, JsonPlace } from "./render/render-json.ts";
export { diagnosticsToJson } from "./render/render-json.ts";
export type { Paint } from "./render/render-text.ts";
export { renderDiagnostics } from "./render/render-text.ts";
export { type Piece, visibleWidth, wrap, wrapText } from "./render/wrap.ts";
export { createReport, type Report, replaceBy } from "./report.ts";
export { spellColumn } from "./resolve/column-names.ts";
export { LANGUAGE_VERSION } from "./resolve/declarations.ts";
export { describeType } from "./resolve/describe-type.ts";
export type { StepRun } from "./resolve/flow/expansion.ts";
export type { Override } from "./resolve/overrides.ts";
export type { Host } from "./resolve/uses.ts";
export { columnDefinitions } from "./sections/columns.ts";
export { dataSettings, readingParams } from "./sections/data.ts";
export type { Setting, Settings } from "./sections/setting.ts";
export { trainSettings } from "./sections/train.ts";
export type { Position, Sources, SourceText } from "./source/source-text.ts";
export { lineBounds, lineOf, positionAt, sourceText } from "./source/source-text.ts";
export type { Span } from "./source/span.ts";
export { cover } from "./source/span.ts";
export { closest } from "./suggest/closest.ts";
export { cutList } from "./suggest/wording.ts";
export { parse } from "./syntax/parse.ts";
export { stringText } from "./syntax/string-text.ts";
export type * as Syntax from "./syntax/tree.ts";
