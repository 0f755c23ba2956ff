// Members of an ensemble inside one network: the numbers of a row, once for each member.

import { integer } from "@netwright/definitions";
import { defineLayer, onNumbers, plainParts } from "./layer.ts";

export const members = defineLayer({
  name: "members",
  doc:
    "Begins an ensemble inside the network: gives its input once for each member, as a first size. Layers that work on the " +
    "last size share their weights among the members, `member_scale` and `member_dense` have weights for each. A network " +
    "that ends with them has a loss for each member, and predicts the mean of their predictions.",
  formula: "y[i] = x for each member i: [n] becomes [members, n]",
  example: "members(4) -> member_scale -> dense(8, relu)",
  source:
    'Gorishniy, Kotelnikov, Babenko 2025, "TabM: Advancing Tabular Deep Learning with Parameter-Efficient Ensembling"',
  params: { count: integer({ doc: "Number of members.", min: 1 }) },
  output: onNumbers((shape, { count }) =>
    shape.length === 0
      ? { problem: "members needs at least one dimension, but its input is a single number" }
      : [count, ...shape],
  ),
  parts: ({ count }) => ({ ...plainParts, members: count }),
  build: ({ b }, [x], { count }) => {
    const [rows = 0, ...sizes] = x.type.shape;
    const dimensions = [0, ...sizes.map((_, d) => d + 2)];
    return b.broadcastInDim(x, [rows, count, ...sizes], dimensions);
  },
});
