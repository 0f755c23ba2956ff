// The Kullback-Leibler divergence of shares of a whole, from what the network gives before softmax.

import { softmax } from "../activations/softmax.ts";
import { logsOfMeanShares } from "./average.ts";
import { logShares } from "./class-of-row.ts";
import { defineLoss } from "./loss.ts";

export const klDivergence = defineLoss({
  name: "kl_divergence",
  doc:
    "For several columns that are the shares of a whole, none below 0 and 1 in sum: how far the predicted shares are from " +
    "those of the row. The columns are not scaled, and a prediction has the share of each, which sum to 1 as well.",
  formula: "sum over columns of t (log t - log softmax(x)), where t > 0",
  example: "loss: kl_divergence",
  source:
    'Keras, `KLDivergence` of softmax(x), without its 1e-7; Kullback, Leibler 1951, "On Information and Sufficiency"',
  params: {},
  target: "distribution",
  width: ({ columns }) => (columns < 2 ? null : columns),
  conflict: (_, columns) =>
    columns < 2
      ? "is for several columns, the shares of a whole, and the target is one: for that there are losses of numbers, as `mse`"
      : null,
  applies: softmax.name,
  link: (b, x) => softmax.build(b, x, {}),
  average: logsOfMeanShares,
  build: (b, x, target) => {
    const { shifted, total } = logShares(b, x);
    const shares = b.subtract(shifted, b.broadcastInDim(total, x.type.shape, [0]));
    // A share of 0 costs nothing, and its logarithm is never taken.
    const isPart = b.compare(target, "GT", b.like(target, 0));
    const own = b.log(b.select(isPart, target, b.like(target, 1)));
    const terms = b.multiply(target, b.subtract(own, shares));
    return b.sum(b.select(isPart, terms, b.like(terms, 0)), [1]);
  },
});
