// Focal loss of classes: rows that are right already count little, so that rare and hard ones are learned.

import { real } from "@netwright/definitions";
import { softmax } from "../activations/softmax.ts";
import { logsOfMeanShares } from "./average.ts";
import { logShares, ofClass, ofKnownClasses } from "./class-of-row.ts";
import { defineLoss } from "./loss.ts";

/** Below it a power of a number is not told from that of 0, whose slope may be infinite. */
const TINY = 1e-30;

export const focal = defineLoss({
  name: "focal",
  doc: "Cross entropy in which rows count less the more likely their class is: for classes of which one is rare.",
  formula: "-alpha (1 - p)^gamma log p, p = softmax(x)[t]",
  example: "loss: focal(gamma: 2)",
  source:
    'Lin et al. 2017, "Focal Loss for Dense Object Detection"; Keras, `CategoricalFocalCrossentropy` with `from_logits`',
  params: {
    gamma: real({
      doc: "How much less: at 0 it is cross entropy times alpha.",
      default: 2,
      min: 0,
      usual: 10,
    }),
    alpha: real({ doc: "A factor of all losses.", default: 0.25, above: 0 }),
  },
  target: "class",
  width: ({ classes }) => classes,
  applies: softmax.name,
  link: (b, x) => softmax.build(b, x, {}),
  average: logsOfMeanShares,
  build: (b, x, target, { gamma, alpha }) => {
    const [, classes = 0] = x.type.shape;
    const { shifted, total } = logShares(b, x);
    const log = b.subtract(ofClass(b, shifted, target), total);
    const cost = b.multiply(log, b.like(log, -alpha));
    if (gamma === 0) return ofKnownClasses(b, cost, target, classes);
    const others = b.maximum(b.negate(b.exponentialMinusOne(log)), b.like(log, TINY));
    const loss = b.multiply(cost, b.power(others, b.like(log, gamma)));
    return ofKnownClasses(b, loss, target, classes);
  },
});
