// Every operation and its kernel. An operation without one does not compile.

import type { OpName } from "@netwright/ir";
import { composite } from "./composite.ts";
import { constant, iota } from "./constant.ts";
import { derivedElementwiseKernels, optimizationBarrier } from "./derived-elementwise.ts";
import { dotGeneral } from "./dot-general.ts";
import { dynamicSlice, dynamicUpdateSlice } from "./dynamic-slice.ts";
import { binaryKernels, compare, convert, select, unaryKernels } from "./elementwise.ts";
import { gather, scatter } from "./gather.ts";
import type { Kernel } from "./kernel.ts";
import { reduce } from "./reduce.ts";
import { rngBitGenerator } from "./rng-bit-generator.ts";
import { scan } from "./scan.ts";
import { broadcastInDim, concatenate, pad, reshape, reverse, slice, transpose } from "./shape.ts";
import { convolution, reduceWindow, selectAndScatter } from "./windows.ts";

export const kernels: { readonly [K in OpName]: Kernel<K> } = {
  ...unaryKernels,
  ...binaryKernels,
  constant,
  iota,
  compare,
  select,
  convert,
  broadcast_in_dim: broadcastInDim,
  reshape,
  transpose,
  concatenate,
  slice,
  pad,
  reverse,
  reduce,
  dot_general: dotGeneral,
  rng_bit_generator: rngBitGenerator,
  composite,
  ...derivedElementwiseKernels,
  optimization_barrier: optimizationBarrier,
  dynamic_slice: dynamicSlice,
  dynamic_update_slice: dynamicUpdateSlice,
  gather,
  scatter,
  convolution,
  reduce_window: reduceWindow,
  select_and_scatter: selectAndScatter,
  scan,
};
