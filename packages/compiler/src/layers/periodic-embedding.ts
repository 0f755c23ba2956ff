// Numbers as waves: cosines of frequencies that are learnt, and weighted sums of these, for each number by itself.

import { flag, type Instance, instance, integer, real } from "@netwright/definitions";
import type { Value } from "@netwright/ir";
import { defineLayer, type LayerContext, onNumbers, plainParts } from "./layer.ts";
import { flatWidth, sideBySide, sumsOf, sumVariables } from "./number-embedding.ts";
import { weight } from "./variables.ts";

export const periodicEmbedding = defineLayer({
  name: "periodic_embedding",
  doc: "Makes several numbers of each: weighted sums of cosines of learnt frequencies, by default with the number itself among them. A network then bends where a number asks for it.",
  formula: "activation(mixing cos(2 pi frequencies x + phases) + offsets), and x",
  example: "periodic_embedding(4) -> dense(64, relu)",
  source:
    'Gorishniy, Rubachev, Babenko 2022, "On Embeddings for Numerical Features in Tabular Deep Learning"; with phases and the number itself: Holzmüller, Grinsztajn, Steinwart 2024, "Better by Default"',
  params: {
    output_dim: integer({
      doc: "What each number becomes, itself among them where `append` says so.",
      min: 2,
      default: 4,
    }),
    frequencies: integer({ doc: "Frequencies of each number.", min: 1, default: 16 }),
    sigma: real({
      doc: "Standard deviation of the frequencies at the start: larger ones bend more.",
      above: 0,
      default: 0.1,
    }),
    phase: flag({
      doc: "Whether each cosine has a phase, which is learnt; without it each frequency has a cosine and a sine.",
      default: true,
    }),
    append: flag({ doc: "Whether the number itself is one of the results.", default: true }),
    activation: instance({
      family: "activation",
      doc: "Applied to each weighted sum.",
      default: "linear",
    }),
  },
  output: onNumbers((shape, { output_dim }) => {
    const width = flatWidth("periodic_embedding", shape);
    return typeof width === "number" ? [width * output_dim] : width;
  }),
  parts: () => ({ ...plainParts, free: true, bends: true }),
  variables: ([{ shape }], { output_dim, frequencies, sigma, phase, append, activation: { span } }) => {
    const width = shape[0] ?? 1;
    const spread: Instance = {
      family: "initializer",
      name: "random_normal",
      args: { mean: 0, stddev: sigma },
      span,
    };
    const round: Instance = {
      family: "initializer",
      name: "random_uniform",
      args: { minval: -Math.PI, maxval: Math.PI },
      span,
    };
    return [
      weight("frequencies", [width, frequencies], spread),
      ...(phase ? [weight("phases", [width, frequencies], round)] : []),
      ...sumVariables(width, phase ? frequencies : 2 * frequencies, output_dim - Number(append), span),
    ];
  },
  build: (context, [x], { phase, append, activation }) => {
    const sums = sumsOf(context, wavesOf(context, x, phase));
    return sideBySide(context, context.activate(activation, sums), append ? x : null);
  },
});

/** [rows, numbers, frequencies], or without phases twice as many, all cosines before all sines. */
function wavesOf({ b, variable }: LayerContext, x: Value, phase: boolean): Value {
  const frequencies = variable("frequencies");
  const shape = [...x.type.shape, frequencies.type.shape[1] ?? 1];
  const turns = b.multiply(b.broadcastInDim(x, shape, [0, 1]), b.broadcastInDim(frequencies, shape, [1, 2]));
  const angles = b.multiply(turns, b.like(turns, 2 * Math.PI));
  if (phase) return b.cosine(b.add(angles, b.broadcastInDim(variable("phases"), shape, [1, 2])));
  return b.concatenate([b.cosine(angles), b.sine(angles)], 2);
}
