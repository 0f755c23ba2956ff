// Public face of the IR package.

// Of use to whoever writes a backend, who imports the IR alone.
export { at } from "@netwright/definitions";
export { bytesOf, flopsOf, macsByLayer, peakBytes } from "./analysis/cost.ts";
export { gradients } from "./autodiff/gradients.ts";
export { Builder } from "./core/builder.ts";
export { decompose, isDerived } from "./core/decompose.ts";
export type {
  AnyOp,
  Func,
  FuncKind,
  NamedValue,
  Numerics,
  Op,
  Origin,
  Program,
  StateRole,
  StateVariable,
  Value,
} from "./core/program.ts";
export { feedsOf, findFunc, mapFuncs, outputsOf, ROW_WEIGHT, saved } from "./core/program.ts";
export { type ScanOver, type ScanResults, type ScanStep, scanOver } from "./core/scan-over.ts";
export type { ElementType, TensorType } from "./core/types.ts";
export { formatType, sameShape, sameType, sizeOf, tensor } from "./core/types.ts";
export { summedDimensions } from "./ops/convolution.ts";
export type { Cost, DerivedDefinition, FieldKind, NoAttributes, OpDefinition } from "./ops/definition.ts";
export { ConstraintError } from "./ops/definition.ts";
export type { BinaryName, Direction, UnaryName } from "./ops/elementwise.ts";
export { binaryOps, unaryOps } from "./ops/elementwise.ts";
export type { ScatterKind } from "./ops/gather.ts";
export { type NumericReduceKind, REDUCE_BLOCK, type ReduceKind } from "./ops/reduce.ts";
export { rngState } from "./ops/rng-bit-generator.ts";
export type { ScanOrder } from "./ops/scan.ts";
export type { Attributes, CoreName, DerivedName, OpName } from "./ops/table.ts";
export { isDerivedName, isOpName, ops } from "./ops/table.ts";
export { canonicalise } from "./passes/canonicalise.ts";
export { cse } from "./passes/cse.ts";
export { dce } from "./passes/dce.ts";
export { expand, type Keeps } from "./passes/expand.ts";
export { fold } from "./passes/fold.ts";
export { inline } from "./passes/inline.ts";
export { optimize } from "./passes/optimize.ts";
export { offsetOf, offsetsAlong, offsetsOf, reducedStrides, rowMajorStrides } from "./semantics/offsets.ts";
export { type Reducer, reducer } from "./semantics/reducer.ts";
export { gatherRows, type Rows, scatterRows } from "./semantics/rows.ts";
export type { BinaryScalar, Reduction, UnaryScalar } from "./semantics/scalar.ts";
export { binaryScalar, compareScalar, convertScalar, reduction, unaryScalar } from "./semantics/scalar.ts";
export { type View, type ViewName, viewOf, views } from "./semantics/views.ts";
export { parse } from "./text/parse.ts";
export { print } from "./text/print.ts";
export { TextFormError } from "./text/text-form-error.ts";
export type { VerifyProblem } from "./verify/problem.ts";
export { verify } from "./verify/verify.ts";
