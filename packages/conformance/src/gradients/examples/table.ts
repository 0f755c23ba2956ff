// Gradient examples of every operation. An operation without, and without a reason, does not compile.

import type { OpName } from "@netwright/ir";
import { compositeExamples } from "./composite.ts";
import { dotGeneralExamples, reduceExamples } from "./contraction.ts";
import {
  binaryExamples,
  clampExamples,
  convertExamples,
  derivedElementwiseExamples,
  selectExamples,
  unaryExamples,
} from "./elementwise.ts";
import type { GradientExamples } from "./example.ts";
import { dynamicSliceExamples, dynamicUpdateSliceExamples, gatherExamples, scatterExamples } from "./rows.ts";
import { scanExamples } from "./scan.ts";
import {
  broadcastInDimExamples,
  concatenateExamples,
  padExamples,
  reshapeExamples,
  reverseExamples,
  sliceExamples,
  transposeExamples,
} from "./shape.ts";
import { convolutionExamples, reduceWindowExamples, selectAndScatterExamples } from "./windows.ts";

const NO_OPERANDS = "it has no operands";

export const gradientExamples: { readonly [K in OpName]: GradientExamples<K> } = {
  ...unaryExamples,
  ...binaryExamples,
  select: selectExamples,
  convert: convertExamples,
  broadcast_in_dim: broadcastInDimExamples,
  reshape: reshapeExamples,
  transpose: transposeExamples,
  concatenate: concatenateExamples,
  slice: sliceExamples,
  pad: padExamples,
  reverse: reverseExamples,
  reduce: reduceExamples,
  dot_general: dotGeneralExamples,
  constant: NO_OPERANDS,
  iota: NO_OPERANDS,
  compare: "truth values carry no gradient",
  rng_bit_generator: "random bits carry no gradient",
  composite: compositeExamples,
  ...derivedElementwiseExamples,
  clamp: clampExamples,
  dynamic_slice: dynamicSliceExamples,
  dynamic_update_slice: dynamicUpdateSliceExamples,
  gather: gatherExamples,
  scatter: scatterExamples,
  convolution: convolutionExamples,
  reduce_window: reduceWindowExamples,
  select_and_scatter: selectAndScatterExamples,
  scan: scanExamples,
  optimization_barrier: "it is there to let no gradient through",
};
