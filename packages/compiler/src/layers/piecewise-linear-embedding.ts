// Numbers as how far they have come: through each of some bins of equal width, and weighted sums of that, for each number
// by itself. A network of them is a broken line of each number.

import { BEYOND_ALL, flag, instance, integer, real } from "@netwright/definitions";
import type { Builder, Value } from "@netwright/ir";
import { tensor } from "@netwright/ir";
import { defineLayer, onNumbers, plainParts } from "./layer.ts";
import { flatWidth, sideBySide, sumsOf, sumVariables } from "./number-embedding.ts";

export const piecewiseLinearEmbedding = defineLayer({
  name: "piecewise_linear_embedding",
  doc: "Makes several numbers of each: weighted sums of how far it has come through each bin between `low` and `high`. With `scale: quantile`, `low: 0` and `high: 1` as many rows are in each bin.",
  formula:
    "activation(mixing e + offsets), e_i = (x - edge_i) / (edge_{i+1} - edge_i), cut off at 0 but in the first bin and at 1 but in the last",
  example: "piecewise_linear_embedding(8) -> dense(64, relu)",
  source:
    'Gorishniy, Rubachev, Babenko 2022, "On Embeddings for Numerical Features in Tabular Deep Learning", PLE-L and PLE-LR',
  params: {
    output_dim: integer({
      doc: "What each number becomes, itself among them where `append` says so.",
      min: 2,
      default: 8,
    }),
    bins: integer({ doc: "Bins of each number.", min: 2, default: 12 }),
    low: real({ doc: "Start of the first bin. What lies below is on the same line.", default: -3 }),
    high: real({ doc: "End of the last bin. What lies above is on the same line.", default: 3 }),
    append: flag({ doc: "Whether the number itself is one of the results.", default: false }),
    activation: instance({
      family: "activation",
      doc: "Applied to each weighted sum.",
      default: "linear",
    }),
  },
  output: onNumbers((shape, { output_dim, low, high }) => {
    if (low >= high) return { problem: `bins from ${low} to ${high} have no width` };
    const width = flatWidth("piecewise_linear_embedding", shape);
    return typeof width === "number" ? [width * output_dim] : width;
  }),
  parts: () => ({ ...plainParts, free: true, bends: true }),
  variables: ([{ shape }], { output_dim, bins, append, activation: { span } }) =>
    sumVariables(shape[0] ?? 1, bins, output_dim - Number(append), span),
  build: (context, [x], { bins, low, high, append, activation }) => {
    const sums = sumsOf(context, progress(context.b, x, { bins, low, high }));
    return sideBySide(context, context.activate(activation, sums), append ? x : null);
  },
});

interface Bins {
  readonly bins: number;
  readonly low: number;
  readonly high: number;
}

/** How far each number has come through each bin: [rows, numbers, bins]. */
function progress(b: Builder, x: Value, { bins, low, high }: Bins): Value {
  const shape = [...x.type.shape, bins];
  const width = (high - low) / bins;
  const perBin = (numberOf: (bin: number) => number): Value => {
    const values = Array.from({ length: bins }, (_, bin) => Math.fround(numberOf(bin)));
    return b.broadcastInDim(b.literal(tensor("f32", [bins]), values), shape, [2]);
  };
  const from = b.subtract(
    b.broadcastInDim(x, shape, [0, 1]),
    perBin((bin) => low + bin * width),
  );
  const share = b.divide(from, b.like(from, width));
  // The first and the last go on beyond their ends, as a line does.
  const least = perBin((bin) => (bin === 0 ? -BEYOND_ALL : 0));
  const most = perBin((bin) => (bin === bins - 1 ? BEYOND_ALL : 1));
  return b.minimum(b.maximum(share, least), most);
}
