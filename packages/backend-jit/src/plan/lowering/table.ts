// Every operation and what lowers it to kernels. One that is neither elementwise nor in the table does not compile.

import { type AnyOp, binaryOps, type Op, type OpName, unaryOps } from "@netwright/ir";
import type { ElementwiseName, ElementwiseOp } from "../kernel.ts";
import { constant, iota } from "./constant.ts";
import type { LoweringContext } from "./context.ts";
import { dotGeneral } from "./dot-general.ts";
import { lowerElementwise } from "./elementwise.ts";
import { broadcastInDim, concatenate, pad, reshape, reverse, slice, transpose } from "./move.ts";
import { reduce } from "./reduce.ts";
import { rngBitGenerator } from "./rng-bit-generator.ts";
import type { LoweringRule } from "./rule.ts";

type OtherName = Exclude<OpName, ElementwiseName>;

const rules: { readonly [K in OtherName]: LoweringRule<K> } = {
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
  composite: (_, op) => {
    throw new Error(`${op.attributes.composite} should have been expanded`);
  },
};

const elementwise: { readonly [K in ElementwiseName]: unknown } = {
  ...unaryOps,
  ...binaryOps,
  compare: true,
  select: true,
  convert: true,
};

export function lowerOp(context: LoweringContext, op: AnyOp): void {
  context.during(op, () => {
    if (isElementwise(op)) lowerElementwise(context, op);
    else lowerOther(context, op);
  });
}

function lowerOther<K extends OtherName>(context: LoweringContext, op: Op<K>): void {
  rules[op.name](context, op);
}

function isElementwise(op: AnyOp): op is ElementwiseOp {
  return Object.hasOwn(elementwise, op.name);
}
