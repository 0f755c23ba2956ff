// Members of an ensemble inside one network: the numbers of a row, once for each member.

import { choice, integer, list, optional, paramName } from "@netwright/definitions";
import { drawn } from "../random/drawn.ts";
import { defineLayer, onNumbers, plainParts } from "./layer.ts";
import { statistic } from "./variables.ts";

/** What is kept of each member where some are chosen: 1 for one that predicts, else 0. */
export const CHOSEN = "chosen";

export const members = defineLayer({
  name: "members",
  doc:
    "Begins an ensemble inside the network: gives its input once for each member, as a first size. Layers that work on the " +
    "last size share their weights among the members, `member_scale` and `member_dense` have weights for each. A network " +
    "that ends with them has a loss for each member, and predicts the mean of their predictions. Members may draw params, as the rate " +
    "of `dropout` or the learning rate, so that each is trained with settings of its own.",
  formula: "y[i] = x for each member i: [n] becomes [members, n]",
  example: "members(4) -> member_scale -> dense(8, relu)",
  source:
    'Gorishniy, Kotelnikov, Babenko 2025, "TabM: Advancing Tabular Deep Learning with Parameter-Efficient Ensembling"',
  params: {
    count: integer({ doc: "Number of members.", min: 1 }),
    choose: choice({
      doc: "Which members predict: all of them, or those that together have the least loss of validation, once they are trained.",
      values: ["all", "best"],
      default: "all",
    }),
    draw: optional(
      list(paramName({ doc: "A param with values behind `in`." }), {
        doc:
          "Params of which each member draws a value of its own by the file's seed, among those behind `in`: " +
          "`param rate = 10% in 0..0.5`. One that is set on the command line is not drawn.",
      }),
    ),
  },
  output: onNumbers((shape, { count }) =>
    shape.length === 0
      ? { problem: "members needs at least one dimension, but its input is a single number" }
      : [count, ...shape],
  ),
  parts: ({ count, choose, draw }) => ({
    ...plainParts,
    members: count,
    ...(choose === "best" ? { chooses: true } : {}),
    ...(draw === null ? {} : { draws: { params: draw, draw: drawn } }),
  }),
  variables: (_, { count, choose }) =>
    choose === "best" ? [statistic(CHOSEN, [count], { name: "ones", args: {} })] : [],
  build: ({ b }, [x], { count }) => {
    const [rows = 0, ...sizes] = x.type.shape;
    const dimensions = [0, ...sizes.map((_, d) => d + 2)];
    return b.broadcastInDim(x, [rows, count, ...sizes], dimensions);
  },
});
