// The loss of a quantile, or of several at once: errors on one side cost more than on the other.

import { at, list, optional, real } from "@netwright/definitions";
import type { Builder, Value } from "@netwright/ir";
import { meanOfMembers, ofAllMembers } from "./average.ts";
import { defineLoss, meanOverOutputs } from "./loss.ts";

export const quantile = defineLoss({
  name: "quantile",
  doc:
    "The pinball loss, least at a quantile of the target: of 0.9, what nine of ten targets lie below. At 0.5, the median, " +
    "it is half of `mae`. With `levels` several of them are predicted for one column, from the least to the greatest.",
  formula: "mean(max(-level * e, (1 - level) * e)), e = prediction - target",
  example: "loss: quantile(0.9)",
  source:
    'Koenker, Bassett 1978, "Regression Quantiles"; scikit-learn, `mean_pinball_loss`; sorted so that none cross: Chernozhukov et al. 2010, "Quantile and Probability Curves Without Crossing"',
  params: {
    level: real({ doc: "The share of targets that lie below.", default: 0.5, above: 0, below: 1 }),
    levels: optional(
      list(real({ doc: "", above: 0, below: 1 }), {
        doc: "Several levels, from the least on, in place of one: as `[0.1, 0.5, 0.9]`.",
      }),
    ),
  },
  width: ({ columns }, { levels }) =>
    levels === null ? columns : columns === 1 && levels.length > 0 ? levels.length : null,
  conflict: ({ levels }, columns) => {
    if (levels === null) return null;
    if (columns > 1) return `predicts \`levels\` of one column, and the target has ${columns}`;
    if (levels.length === 0) return "has no level among its `levels`";
    return levels.some((level, i) => i > 0 && level <= at(levels, i - 1))
      ? "wants its `levels` from the least on, each once"
      : null;
  },
  quantiles: ({ levels }) => levels,
  centred: ({ level, levels }) => (levels ?? [level]).includes(0.5),
  link: (b, x, { levels }) => (levels === null ? x : inOrder(b, x)),
  average: (b, x, { levels }, shares) => {
    const each = levels === null ? x : b.reshape(inOrder(b, ofAllMembers(b, x)), x.type.shape);
    return meanOfMembers(b, each, shares);
  },
  build: (b, x, target, { level, levels }) => {
    if (levels === null) {
      const error = b.subtract(x, target);
      return meanOverOutputs(b, pinball(b, error, b.like(error, 1 - level), b.like(error, -level)));
    }
    const { shape } = x.type;
    const [rows = 0] = shape;
    const error = b.subtract(x, b.broadcastInDim(b.reshape(target, [rows]), shape, [0]));
    const each = (of: (one: number) => number) =>
      b.concatenate(
        levels.map((one) => b.fill({ dtype: "f32", shape: [rows, 1] }, of(one))),
        1,
      );
    return meanOverOutputs(
      b,
      pinball(
        b,
        error,
        each((one) => 1 - one),
        each((one) => -one),
      ),
    );
  },
});

/** Errors above the target cost `above` each, those below `below`, which is negative. */
function pinball(b: Builder, error: Value, above: Value, below: Value): Value {
  return b.maximum(b.multiply(error, above), b.multiply(error, below));
}

/** [rows x levels], each row sorted by exchanging neighbours. */
function inOrder(b: Builder, x: Value): Value {
  const [rows = 0, levels = 0] = x.type.shape;
  const columns = Array.from({ length: levels }, (_, k) => b.slice(x, [0, k], [rows, k + 1]));
  for (let end = levels - 1; end > 0; end--) {
    for (let k = 0; k < end; k++) {
      const [low, high] = [at(columns, k), at(columns, k + 1)];
      columns[k] = b.minimum(low, high);
      columns[k + 1] = b.maximum(low, high);
    }
  }
  return b.concatenate(columns, 1);
}
