// The rule of every core operation, and of such derived ones as have kernels here: the others are expanded.

import type { AnyOp, CoreName, DerivedName, OpName } from "@netwright/ir";
import { broadcastInDim } from "./broadcast-in-dim.ts";
import { compare, convert, select } from "./choice.ts";
import { composite } from "./composite.ts";
import { constant, iota } from "./constant.ts";
import { dotGeneral } from "./dot-general.ts";
import { binaryRules, unaryRules } from "./elementwise.ts";
import { concatenate, pad, reshape, reverse, slice, transpose } from "./movement.ts";
import { rngBitGenerator } from "./random.ts";
import { reduce } from "./reduce.ts";
import { dynamicSlice, dynamicUpdateSlice, gather, scatter } from "./rows.ts";
import type { Rule } from "./rule.ts";

type Rules = { readonly [K in CoreName]: Rule<K> } & { readonly [K in DerivedName]?: Rule<K> };

const rules: Rules = {
  ...unaryRules,
  ...binaryRules,
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
  dynamic_slice: dynamicSlice,
  dynamic_update_slice: dynamicUpdateSlice,
  gather,
  scatter,
};

/** Undefined where the operation is to be expanded. */
export function ruleOf<K extends OpName>(name: K): Rule<K> | undefined {
  const all: { readonly [N in OpName]?: Rule<N> } = rules;
  return all[name];
}

export function hasRule({ name }: AnyOp): boolean {
  return ruleOf(name) !== undefined;
}
