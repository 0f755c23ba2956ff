// The gradient rule of every operation.

import type { OpName } from "../../ops/table.ts";
import { noGradient, type Rule } from "../rule.ts";
import { dotGeneral } from "./dot-general.ts";
import { binaryRules, convert, select, unaryRules } from "./elementwise.ts";
import { reduce } from "./reduce.ts";
import { broadcastInDim, concatenate, pad, reshape, reverse, slice, transpose } from "./shape.ts";

export const rules: { readonly [K in OpName]: Rule<K> } = {
  ...unaryRules,
  ...binaryRules,
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
  constant: noGradient,
  iota: noGradient,
  compare: noGradient,
  rng_bit_generator: noGradient,
  composite: () => {
    throw new Error("a composite has no gradient of its own: inline it first");
  },
};
