// Every operation of the IR. Exhaustive tables elsewhere (`{ [K in OpName]: ... }`) follow this one. Core operations
// are what every backend has; derived ones are other operations, which a backend may run in their place (`expand`).

import { shiftLeft, shiftRightArithmetic, shiftRightLogical, xor } from "./bits.ts";
import { type BroadcastInDimAttributes, broadcastInDim } from "./broadcast-in-dim.ts";
import { clamp } from "./clamp.ts";
import { type CompositeAttributes, composite } from "./composite.ts";
import { type ConstantAttributes, constant, type IotaAttributes, iota } from "./constant.ts";
import { type ConvolutionAttributes, convolution } from "./convolution.ts";
import type { DerivedDefinition, NoAttributes, OpDefinition } from "./definition.ts";
import { type DotGeneralAttributes, dotGeneral } from "./dot-general.ts";
import { type DynamicSliceAttributes, dynamicSlice, dynamicUpdateSlice } from "./dynamic-slice.ts";
import {
  type BinaryName,
  binaryOps,
  type CompareAttributes,
  type ConvertAttributes,
  compare,
  convert,
  select,
  type UnaryName,
  unaryOps,
} from "./elementwise.ts";
import { gather, type ScatterAttributes, scatter } from "./gather.ts";
import { optimizationBarrier } from "./optimization-barrier.ts";
import { type ReduceAttributes, reduce } from "./reduce.ts";
import {
  type ReduceWindowAttributes,
  reduceWindow,
  type SelectAndScatterAttributes,
  selectAndScatter,
} from "./reduce-window.ts";
import { type RngBitGeneratorAttributes, rngBitGenerator } from "./rng-bit-generator.ts";
import { ceil, finite, roundNearestAfz, roundNearestEven } from "./rounding.ts";
import { type ScanAttributes, scan } from "./scan.ts";
import {
  type ConcatenateAttributes,
  concatenate,
  type PadAttributes,
  pad,
  type ReshapeAttributes,
  type ReverseAttributes,
  reshape,
  reverse,
  type SliceAttributes,
  slice,
  type TransposeAttributes,
  transpose,
} from "./shape.ts";

type ElementwiseAttributes = { readonly [K in UnaryName | BinaryName]: NoAttributes };

interface CoreAttributes extends ElementwiseAttributes {
  readonly constant: ConstantAttributes;
  readonly iota: IotaAttributes;
  readonly compare: CompareAttributes;
  readonly select: NoAttributes;
  readonly convert: ConvertAttributes;
  readonly broadcast_in_dim: BroadcastInDimAttributes;
  readonly reshape: ReshapeAttributes;
  readonly transpose: TransposeAttributes;
  readonly concatenate: ConcatenateAttributes;
  readonly slice: SliceAttributes;
  readonly pad: PadAttributes;
  readonly reverse: ReverseAttributes;
  readonly reduce: ReduceAttributes;
  readonly dot_general: DotGeneralAttributes;
  readonly rng_bit_generator: RngBitGeneratorAttributes;
  readonly composite: CompositeAttributes;
}

interface DerivedAttributes {
  readonly is_finite: NoAttributes;
  readonly ceil: NoAttributes;
  readonly round_nearest_even: NoAttributes;
  readonly round_nearest_afz: NoAttributes;
  readonly xor: NoAttributes;
  readonly shift_left: NoAttributes;
  readonly shift_right_logical: NoAttributes;
  readonly shift_right_arithmetic: NoAttributes;
  readonly clamp: NoAttributes;
  readonly optimization_barrier: NoAttributes;
  readonly dynamic_slice: DynamicSliceAttributes;
  readonly dynamic_update_slice: NoAttributes;
  readonly gather: NoAttributes;
  readonly scatter: ScatterAttributes;
  readonly convolution: ConvolutionAttributes;
  readonly reduce_window: ReduceWindowAttributes;
  readonly select_and_scatter: SelectAndScatterAttributes;
  readonly scan: ScanAttributes;
}

export interface Attributes extends CoreAttributes, DerivedAttributes {}

export type CoreName = keyof CoreAttributes;
export type DerivedName = keyof DerivedAttributes;
export type OpName = keyof Attributes;

const coreOps: { readonly [K in CoreName]: OpDefinition<Attributes[K]> } = {
  ...unaryOps,
  ...binaryOps,
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
};

export const derivedOps: { readonly [K in DerivedName]: DerivedDefinition<Attributes[K]> } = {
  is_finite: finite,
  ceil,
  round_nearest_even: roundNearestEven,
  round_nearest_afz: roundNearestAfz,
  xor,
  shift_left: shiftLeft,
  shift_right_logical: shiftRightLogical,
  shift_right_arithmetic: shiftRightArithmetic,
  clamp,
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

export const ops: { readonly [K in OpName]: OpDefinition<Attributes[K]> } = { ...coreOps, ...derivedOps };

export function isOpName(name: string): name is OpName {
  return Object.hasOwn(ops, name);
}

export function isDerivedName(name: string): name is DerivedName {
  return Object.hasOwn(derivedOps, name);
}
