// The gradient rule of every operation, or that gradients go through what it means in other operations.

import type { CoreName, DerivedName, OpName } from "../../ops/table.ts";
import { noGradient, type Rule } from "../rule.ts";
import { dotGeneral } from "./dot-general.ts";
import { binaryRules, convert, select, unaryRules } from "./elementwise.ts";
import { reduce } from "./reduce.ts";
import { dynamicSlice, dynamicUpdateSlice, gather, scatter } from "./rows.ts";
import { scan } from "./scan.ts";
import { broadcastInDim, concatenate, pad, reshape, reverse, slice, transpose } from "./shape.ts";
import { convolution, reduceWindow } from "./windows.ts";

/** No rule: the decomposition is differentiated. */
type Through = "decomposition";

type Rules = { readonly [K in Exclude<CoreName, "composite">]: Rule<K> } & {
  readonly [K in DerivedName | "composite"]: Rule<K> | Through;
};

const rules: Rules = {
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
  composite: "decomposition",
  is_finite: noGradient,
  ceil: noGradient,
  round_nearest_even: noGradient,
  round_nearest_afz: noGradient,
  xor: noGradient,
  shift_left: noGradient,
  shift_right_logical: noGradient,
  shift_right_arithmetic: noGradient,
  clamp: "decomposition",
  optimization_barrier: noGradient,
  dynamic_slice: dynamicSlice,
  dynamic_update_slice: dynamicUpdateSlice,
  gather,
  scatter,
  convolution,
  reduce_window: reduceWindow,
  select_and_scatter: "decomposition",
  scan,
};

/** Undefined where gradients go through the decomposition. */
export function ruleOf<K extends OpName>(name: K): Rule<K> | undefined {
  const all: { readonly [N in OpName]: Rule<N> | Through } = rules;
  const rule = all[name];
  return rule === "decomposition" ? undefined : rule;
}
