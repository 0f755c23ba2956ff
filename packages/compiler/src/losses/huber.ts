// Huber loss. Source: Huber 1964.

import { real } from "@netwright/definitions";
import { defineElementwiseLoss } from "./loss.ts";

export const huber = defineElementwiseLoss({
  name: "huber",
  doc: "Squared for small errors and linear for large ones.",
  formula: "mean(e^2 / 2 where |e| <= delta, delta * (|e| - delta / 2) elsewhere), e = prediction - target",
  example: "loss: huber(delta: 2)",
  source: 'Huber 1964, "Robust Estimation of a Location Parameter"',
  params: { delta: real({ doc: "Where the loss turns linear.", default: 1, above: 0 }) },
  ofError: (b, e, { delta }) => {
    const size = b.abs(e);
    const small = b.multiply(b.multiply(e, e), b.like(e, 0.5));
    const large = b.multiply(b.subtract(size, b.like(e, delta / 2)), b.like(e, delta));
    return b.select(b.compare(size, "LE", b.like(e, delta)), small, large);
  },
});
