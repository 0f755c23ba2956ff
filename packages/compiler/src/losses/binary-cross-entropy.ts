// Binary cross entropy of two classes, from one number a row before sigmoid, so that large ones do not overflow.

import { at } from "@netwright/definitions";
import { sigmoid } from "../activations/sigmoid.ts";
import { softplusOf } from "../activations/softplus.ts";
import { logitOfMean } from "./average.ts";
import { ofKnownClasses } from "./class-of-row.ts";
import { defineLoss } from "./loss.ts";
import { dividedBy, rest, smoothingAt, smoothingParam, spreadAs } from "./smoothing.ts";
import { sharesOfTwo } from "./two-classes.ts";

export const binaryCrossEntropy = defineLoss({
  name: "binary_cross_entropy",
  doc:
    "Cross entropy of two classes from one number, which stands for the second: large where that is likely, below 0 where " +
    "the first is.",
  formula:
    "-log p(t), p = sigmoid(x) of the second class; with smoothing s: -(1 - s / 2) log p(t) - s / 2 log (1 - p(t))",
  example: "loss: binary_cross_entropy",
  source: "Keras, `binary_crossentropy` with `from_logits` and `label_smoothing`",
  params: {
    smoothing: smoothingParam("Share of the target that both classes divide"),
  },
  target: "class",
  classes: 2,
  width: ({ classes }) => (classes === 2 ? 1 : null),
  applies: sigmoid.name,
  link: sharesOfTwo,
  average: logitOfMean,
  build: (b, x, target, { smoothing }, now) => {
    const logit = b.reshape(x, [at(x.type.shape, 0)]);
    const isSecond = b.compare(target, "EQ", b.like(target, 1));
    // Against the class of the row: of a row that is right it is far below 0, and softplus keeps what is left there.
    const against = b.select(isSecond, b.negate(logit), logit);
    const own = softplusOf(b, against);
    const share = smoothingAt(smoothing, now);
    if (share === 0) return ofKnownClasses(b, own, target, 2);
    const other = softplusOf(b, b.negate(against));
    const half = dividedBy(b, share, 2);
    const loss = b.add(
      b.multiply(own, spreadAs(b, own, rest(b, half))),
      b.multiply(other, spreadAs(b, other, half)),
    );
    return ofKnownClasses(b, loss, target, 2);
  },
});
