// Random words, with the state that comes after them.

import { sizeOf } from "@netwright/ir";
import { type LoweringRule, operandOf, resultOf } from "./rule.ts";

export const rngBitGenerator: LoweringRule<"rng_bit_generator"> = (context, op) => {
  const state = context.source(operandOf(op, 0)).buffer;
  const words = resultOf(op, 1);
  const nextState = context.define(resultOf(op));
  const bits = context.define(words);
  context.grouping.addKernel({ kind: "random", state, nextState, bits, size: sizeOf(words.type.shape) });
};
