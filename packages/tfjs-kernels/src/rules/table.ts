// The rule of every operation.

import type { OpName } from "@netwright/ir";
import { broadcastInDim } from "./broadcast-in-dim.ts";
import { compare, convert, select } from "./choice.ts";
import { composite } from "./composite.ts";
import { constant, iota } from "./constant.ts";
import { dotGeneral } from "./dot-general.ts";
import { binaryRules, unaryRules } from "./elementwise.ts";
import { concatenate, pad, reshape, reverse, slice, transpose } from "./movement.ts";
import { rngBitGenerator } from "./random.ts";
import { reduce } from "./reduce.ts";
import type { Rule } from "./rule.ts";

export const rules: { readonly [K in OpName]: Rule<K> } = {
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
};
