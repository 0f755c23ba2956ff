// The dropout layer. Source: Srivastava et al. 2014, in the form that scales while training.

import { type Setting, scheduled, valuesByMember } from "@netwright/definitions";
import { tensor, type Value } from "@netwright/ir";
import { apartParts, defineLayer, onNumbers } from "./layer.ts";

export const dropout = defineLayer({
  name: "dropout",
  doc: "While training sets a random share of its inputs to 0 and scales up the others; when predicting nothing, but in the passes of `report { spread: dropout }`.",
  formula: "x / (1 - rate) with probability 1 - rate, else 0",
  example: "dropout(20%)",
  source:
    'Srivastava et al. 2014, "Dropout: A Simple Way to Prevent Neural Networks from Overfitting", in the form that scales while training',
  params: {
    rate: scheduled({
      doc: "Share of the inputs set to 0: a number, or a schedule.",
      min: 0,
      below: 1,
      byMember: true,
    }),
  },
  output: onNumbers((shape) => shape),
  parts: ({ rate }) => ({
    ...apartParts,
    trainingOnly: rate !== 0,
    ...(steady(rate)?.some((share) => share !== 0) === true ? { drops: true } : {}),
  }),
  random: ({ rate }) => rate !== 0,
  build: ({ b, training, drops, uniform, now }, [x], { rate }) => {
    // A schedule has no number for a prediction.
    const known = steady(rate);
    if (!drops || rate === 0 || (!training && known === null)) return x;
    const { shape } = x.type;
    if (typeof rate === "number") {
      const keep = b.compare(uniform(shape), "GE", b.like(x, rate));
      return b.select(keep, b.multiply(x, b.like(x, 1 / (1 - rate))), b.like(x, 0));
    }
    const share =
      training || known === null
        ? now(rate)
        : b.literal(tensor("f32", [known.length]), known.map(Math.fround));
    const one = b.like(share, 1);
    const scale = b.divide(one, b.subtract(one, share));
    // Of members each its own: they are the size behind the rows.
    const spread = (value: Value) =>
      value.type.shape.length === 0 ? b.spread(value, shape) : b.broadcastInDim(value, shape, [1]);
    const keep = b.compare(uniform(shape), "GE", spread(share));
    return b.select(keep, b.multiply(x, spread(scale)), b.like(x, 0));
  },
});

/** The share, or that of each member, where it is the same in every step; null for a schedule. */
function steady(rate: Setting): readonly number[] | null {
  const each = typeof rate === "number" ? [rate] : (valuesByMember(rate) ?? [rate]);
  const numbers = each.filter((one) => typeof one === "number");
  return numbers.length === each.length ? numbers : null;
}
