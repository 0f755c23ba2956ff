// The hinge loss of two classes: rows count until they lie beyond a margin on the right side.

import { at } from "@netwright/definitions";
import { ofKnownClasses } from "./class-of-row.ts";
import { defineLoss } from "./loss.ts";

export const hinge = defineLoss({
  name: "hinge",
  doc:
    "For two classes, by a margin: a row costs nothing once the one number that the network gives is at least 1 for the " +
    "second class, or at most -1 for the first. The sign is the prediction. The number is no probability, so none is " +
    "predicted, and neither a threshold nor a metric may ask for one; the metrics that rank rows go by the number.",
  formula:
    "max(0, 1 - t x), t = 1 for the second class and -1 for the first; prediction: the second where x > 0",
  example: "loss: hinge",
  source: 'Keras, `Hinge`; Cortes, Vapnik 1995, "Support-Vector Networks"',
  params: {},
  target: "class",
  classes: 2,
  margins: true,
  width: ({ classes }) => (classes === 2 ? 1 : null),
  link: (b, x) => b.concatenate([b.negate(x), x], 1),
  build: (b, x, target) => {
    const margin = b.reshape(x, [at(x.type.shape, 0)]);
    const isSecond = b.compare(target, "EQ", b.like(target, 1));
    const right = b.select(isSecond, margin, b.negate(margin));
    const short = b.maximum(b.subtract(b.like(right, 1), right), b.like(right, 0));
    return ofKnownClasses(b, short, target, 2);
  },
});
