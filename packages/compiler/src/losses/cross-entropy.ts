// Cross entropy of classes, from what the network gives before softmax, so that large numbers do not overflow.

import { real } from "@netwright/definitions";
import type { Builder, Value } from "@netwright/ir";
import { softmax } from "../activations/softmax.ts";
import { defineLoss } from "./loss.ts";

export const crossEntropy = defineLoss({
  name: "cross_entropy",
  doc: "Cross entropy of one class among several: how surprised the model is by the class of a row.",
  formula: "-log softmax(x)[t], with smoothing s: -sum ((1 - s) [c = t] + s / classes) log softmax(x)[c]",
  example: "loss: cross_entropy",
  source: "Keras, `sparse_categorical_crossentropy` with `from_logits`; smoothing: Szegedy et al. 2016",
  params: {
    smoothing: real({ doc: "Share of the target that all classes divide.", default: 0, min: 0, below: 1 }),
  },
  target: "class",
  width: ({ classes }) => classes,
  applies: softmax.name,
  link: (b, x) => softmax.build(b, x, {}),
  build: (b, x, target, { smoothing }) => {
    const [rows = 0, classes = 0] = x.type.shape;
    const shifted = b.subtract(x, b.broadcastInDim(largestOf(b, x), [rows, classes], [0]));
    const total = b.log(b.sum(b.exponential(shifted), [1]));
    const labels = b.broadcastInDim(target, [rows, classes], [0]);
    const isClass = b.compare(labels, "EQ", b.iota(labels.type, 1));
    const own = b.sum(b.select(isClass, shifted, b.like(shifted, 0)), [1]);
    const share = classes === 0 ? 0 : smoothing / classes;
    const expected =
      smoothing === 0
        ? own
        : b.add(
            b.multiply(own, b.like(own, 1 - smoothing)),
            b.multiply(b.sum(shifted, [1]), b.like(own, share)),
          );
    // A class that there is not must not look like one that costs nothing.
    const known = b.binary(
      "and",
      b.compare(target, "GE", b.like(target, 0)),
      b.compare(target, "LT", b.like(target, classes)),
    );
    return b.select(known, b.subtract(total, expected), b.like(total, Number.NaN));
  },
});

/** Subtracted only so that nothing overflows; the loss does not depend on it, and so no gradient flows through. */
function largestOf(b: Builder, x: Value): Value {
  return b.stopGradient(b.reduce(x, "max", [1]));
}
