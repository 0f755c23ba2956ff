// Cross entropy of classes, from what the network gives before softmax, so that large numbers do not overflow.

import { softmax } from "../activations/softmax.ts";
import { logsOfMeanShares } from "./average.ts";
import { logShares, ofClass, ofKnownClasses } from "./class-of-row.ts";
import { defineLoss } from "./loss.ts";
import { dividedBy, rest, smoothingAt, smoothingParam, spreadAs } from "./smoothing.ts";

export const crossEntropy = defineLoss({
  name: "cross_entropy",
  doc: "Cross entropy of one class among several: how surprised the model is by the class of a row.",
  formula: "-log softmax(x)[t], with smoothing s: -sum ((1 - s) [c = t] + s / classes) log softmax(x)[c]",
  example: "loss: cross_entropy",
  source: "Keras, `sparse_categorical_crossentropy` with `from_logits`; smoothing: Szegedy et al. 2016",
  params: {
    smoothing: smoothingParam("Share of the target that all classes divide"),
  },
  target: "class",
  width: ({ classes }) => classes,
  applies: softmax.name,
  link: (b, x) => softmax.build(b, x, {}),
  average: logsOfMeanShares,
  build: (b, x, target, { smoothing }, now) => {
    const [, classes = 0] = x.type.shape;
    const { shifted, total } = logShares(b, x);
    const own = ofClass(b, shifted, target);
    const share = smoothingAt(smoothing, now);
    const each = classes === 0 ? 0 : dividedBy(b, share, classes);
    const expected =
      share === 0
        ? own
        : b.add(
            b.multiply(own, spreadAs(b, own, rest(b, share))),
            b.multiply(b.sum(shifted, [1]), spreadAs(b, own, each)),
          );
    return ofKnownClasses(b, b.subtract(total, expected), target, classes);
  },
});
