// Every operation and what lowers it to kernels. One that is in no table does not compile.

import { type AnyOp, binaryOps, type CoreName, type DerivedName, type Op, unaryOps } from "@netwright/ir";
import type { ElementwiseName, ElementwiseOp } from "../../kernels/body.ts";
import { constant, iota } from "./constant.ts";
import type { LoweringContext } from "./context.ts";
import { dotGeneral } from "./dot-general.ts";
import { lowerElementwise } from "./elementwise.ts";
import { broadcastInDim, concatenate, pad, reshape, reverse, slice, transpose } from "./move.ts";
import { reduce } from "./reduce.ts";
import { rngBitGenerator } from "./rng-bit-generator.ts";
import { dynamicSlice, dynamicUpdateSlice, gather, scatter } from "./rows.ts";
import type { LoweringRule } from "./rule.ts";
import { scan } from "./scan.ts";
import { isSelection, selectAndScatter } from "./selection.ts";
import { convolution, reduceWindow } from "./windows.ts";

/** Without kernels here: `expand` puts what they mean in their place. */
type Expanded = "expanded";

type OtherName = Exclude<CoreName, ElementwiseName | "composite"> | DerivedName;

type Rules = { readonly [K in Exclude<OtherName, DerivedName>]: LoweringRule<K> } & {
  readonly [K in DerivedName]: LoweringRule<K> | Expanded;
};

const rules: Rules = {
  constant,
  iota,
  reshape,
  broadcast_in_dim: broadcastInDim,
  transpose,
  slice,
  reverse,
  concatenate,
  pad,
  reduce,
  dot_general: dotGeneral,
  rng_bit_generator: rngBitGenerator,
  is_finite: "expanded",
  ceil: "expanded",
  round_nearest_even: "expanded",
  round_nearest_afz: "expanded",
  xor: "expanded",
  shift_left: "expanded",
  shift_right_logical: "expanded",
  shift_right_arithmetic: "expanded",
  clamp: "expanded",
  optimization_barrier: "expanded",
  dynamic_slice: dynamicSlice,
  dynamic_update_slice: dynamicUpdateSlice,
  gather,
  scatter,
  convolution,
  reduce_window: reduceWindow,
  select_and_scatter: selectAndScatter,
  scan,
};

const elementwise: { readonly [K in ElementwiseName]: unknown } = {
  ...unaryOps,
  ...binaryOps,
  compare: true,
  select: true,
  convert: true,
};

/** Whether there are kernels for the operation; all others are to be expanded before a program is planned. */
export function hasLowering(op: AnyOp): boolean {
  if (op.name === "select_and_scatter" && !isSelection(op)) return false;
  return isElementwise(op) || (op.name !== "composite" && ruleOf(op.name) !== undefined);
}

export function lowerOp(context: LoweringContext, op: AnyOp): void {
  context.during(op, () => {
    if (isElementwise(op)) lowerElementwise(context, op);
    else if (op.name === "composite") throw notExpanded(op.attributes.composite);
    else lowerOther(context, op);
  });
}

function lowerOther<K extends OtherName>(context: LoweringContext, op: Op<K>): void {
  const rule = ruleOf(op.name);
  if (rule === undefined) throw notExpanded(op.name);
  rule(context, op);
}

/** Undefined where the operation is expanded. */
export function ruleOf<K extends OtherName>(name: K): LoweringRule<K> | undefined {
  const all: { readonly [N in OtherName]: LoweringRule<N> | Expanded } = rules;
  const rule = all[name];
  return rule === "expanded" ? undefined : rule;
}

function notExpanded(name: string): Error {
  return new Error(`${name} should have been expanded`);
}

function isElementwise(op: AnyOp): op is ElementwiseOp {
  return Object.hasOwn(elementwise, op.name);
}
