// A reduction is a kernel of its own.

import { mergedRuns } from "../strides.ts";
import { type Laid, runsOf } from "../view.ts";
import { type LoweringRule, operandOf, resultOf } from "./rule.ts";

export const reduce: LoweringRule<"reduce"> = (context, op) => {
  const x = operandOf(op, 0);
  const { kind, dimensions } = op.attributes;
  const { dtype, shape } = x.type;
  const all = shape.map((_, d) => d);
  const axes = (laid: Laid) => {
    const [kept = []] = mergedRuns(
      runsOf(
        laid,
        all.filter((d) => !dimensions.includes(d)),
      ),
    );
    const [reduced = []] = mergedRuns(
      runsOf(
        laid,
        all.filter((d) => dimensions.includes(d)),
      ),
    );
    return { kept, reduced };
  };
  const found = context.laid(x);
  const asItLies = axes(found);
  // Where neighbours are not neighbours in memory, a copy first is the lesser evil.
  const hasNeighbours = [asItLies.kept, asItLies.reduced].some((runs) => runs.at(-1)?.stride === 1);
  const laid = hasNeighbours ? found : context.dense(x);
  const { kept, reduced } = axes(laid);
  const operand = laid.buffer;
  const result = context.define(resultOf(op));
  context.grouping.addKernel({ kind: "reduce", reduce: kind, dtype, shape, kept, reduced, operand, result });
};
