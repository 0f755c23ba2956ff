// broadcast_in_dim: nothing runs; the operand gets dimensions of size 1, which its users repeat.

import { at } from "@netwright/ir";
import { operandOf, type Rule } from "./rule.ts";

export const broadcastInDim: Rule<"broadcast_in_dim"> = (op, planner) => {
  const operand = operandOf(op, 0);
  const { shape, dimensions } = op.attributes;
  const ref = planner.value(operand);
  const splat = planner.splat(operand);
  if (splat !== undefined) for (const value of op.results) planner.noteSplat(value, splat);
  const missing = operand.type.shape.length - ref.type.shape.length;
  const held = shape.map((_, d) => {
    const source = dimensions.indexOf(d) - missing;
    return source < 0 ? 1 : at(ref.type.shape, source);
  });
  return [planner.reshape(ref, held.every((size) => size === 1) ? [] : held)];
};
