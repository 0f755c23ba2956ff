// Binary cross entropy of each of several labels, of which a row has any number.

import { sigmoid } from "../activations/sigmoid.ts";
import { softplusOf } from "../activations/softplus.ts";
import { logitOfMean } from "./average.ts";
import { defineLoss, meanOverOutputs } from "./loss.ts";
import { dividedBy, rest, smoothingAt, smoothingParam, spreadAs } from "./smoothing.ts";

export const multiLabelCrossEntropy = defineLoss({
  name: "multi_label_cross_entropy",
  doc:
    "Binary cross entropy of each label, for a target whose cells list several, `labels` in `columns`. Each label has a " +
    "probability of its own.",
  formula:
    "mean over labels of -(t log p + (1 - t) log(1 - p)), p = sigmoid(x), t = (1 - s) [is listed] + s / 2 with smoothing s",
  example: "loss: multi_label_cross_entropy",
  source:
    "Keras, `binary_crossentropy` with `from_logits` and `label_smoothing`; torch, `MultiLabelSoftMarginLoss`",
  params: {
    smoothing: smoothingParam("How far targets are moved to a half"),
  },
  target: "labels",
  width: ({ classes }) => classes,
  applies: sigmoid.name,
  link: (b, x) => sigmoid.build(b, x, {}),
  average: logitOfMean,
  build: (b, x, target, { smoothing }, now) => {
    const share = smoothingAt(smoothing, now);
    const soft =
      share === 0
        ? target
        : b.add(
            b.multiply(target, spreadAs(b, target, rest(b, share))),
            spreadAs(b, target, dividedBy(b, share, 2)),
          );
    const missed = b.multiply(softplusOf(b, b.negate(x)), soft);
    const taken = b.multiply(softplusOf(b, x), b.subtract(b.like(soft, 1), soft));
    return meanOverOutputs(b, b.add(missed, taken));
  },
});
