// A reduction is a kernel of its own.

import { mergedRuns, runsOf } from "../strides.ts";
import { type LoweringRule, operandOf, resultOf } from "./rule.ts";

export const reduce: LoweringRule<"reduce"> = (context, op) => {
  const x = operandOf(op, 0);
  const { kind, dimensions } = op.attributes;
  const { dtype, shape } = x.type;
  const all = shape.map((_, d) => d);
  const [kept = []] = mergedRuns(
    runsOf(
      shape,
      all.filter((d) => !dimensions.includes(d)),
    ),
  );
  const [reduced = []] = mergedRuns(
    runsOf(
      shape,
      all.filter((d) => dimensions.includes(d)),
    ),
  );
  const operand = context.source(x).buffer;
  const result = context.define(resultOf(op));
  context.grouping.addKernel({ kind: "reduce", reduce: kind, dtype, shape, kept, reduced, operand, result });
};
