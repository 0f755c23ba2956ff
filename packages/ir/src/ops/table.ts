// Every operation of the IR. Exhaustive tables elsewhere (`{ [K in OpName]: ... }`) follow this one.

import { type BroadcastInDimAttributes, broadcastInDim } from "./broadcast-in-dim.ts";
import { type CompositeAttributes, composite } from "./composite.ts";
import { type ConstantAttributes, constant, type IotaAttributes, iota } from "./constant.ts";
import type { NoAttributes, OpDefinition } from "./definition.ts";
import { type DotGeneralAttributes, dotGeneral } from "./dot-general.ts";
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
import { type ReduceAttributes, reduce } from "./reduce.ts";
import { type RngBitGeneratorAttributes, rngBitGenerator } from "./rng-bit-generator.ts";
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

export interface Attributes extends ElementwiseAttributes {
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

export type OpName = keyof Attributes;

export const ops: { readonly [K in OpName]: OpDefinition<Attributes[K]> } = {
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

export function isOpName(name: string): name is OpName {
  return Object.hasOwn(ops, name);
}
