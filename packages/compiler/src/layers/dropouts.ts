// Other forms of dropout: noise that multiplies, numbers dropped to what selu gives at its end, whole channels.

import { real } from "@netwright/definitions";
import { apartParts, defineLayer, onNumbers, plainParts } from "./layer.ts";

const rate = (doc: string) => real({ doc, min: 0, below: 1 });

/** They act in passes of `report { spread: dropout }` as `dropout` does. */
const acts = ({ rate }: { readonly rate: number }) =>
  rate === 0 ? { trainingOnly: false } : ({ trainingOnly: true, drops: true } as const);

export const gaussianDropout = defineLayer({
  name: "gaussian_dropout",
  doc: "While training multiplies each number with a random one around 1, which spreads as much as `dropout` of that rate; when predicting nothing, but in the passes of `report { spread: dropout }`.",
  formula: "x (1 + sqrt(rate / (1 - rate)) n), n standard normal",
  example: "gaussian_dropout(20%)",
  source: 'Keras, `GaussianDropout`; Srivastava et al. 2014, "Dropout", section 10',
  params: { rate: rate("The share that `dropout` with the same spread sets to 0.") },
  output: onNumbers((shape) => shape),
  parts: (args) => ({ ...apartParts, ...acts(args) }),
  random: ({ rate }) => rate !== 0,
  build: ({ b, drops, normal }, [x], { rate }) => {
    if (!drops || rate === 0) return x;
    const noise = b.multiply(normal(x.type.shape), b.like(x, Math.sqrt(rate / (1 - rate))));
    return b.multiply(x, b.add(noise, b.like(x, 1)));
  },
});

/** What selu gives of very negative numbers: -scale * alpha. */
const LEAST = -1.7580993408473766;

export const alphaDropout = defineLayer({
  name: "alpha_dropout",
  doc: "Dropout for networks of `selu`: while training sets a random share of its inputs to the least that selu gives, and scales and moves all so that mean and variance stay 0 and 1; when predicting nothing, but in the passes of `report { spread: dropout }`.",
  formula:
    "a y + b, y = x with probability 1 - rate, else s = -1.7581; a = ((1 - rate) (1 + rate s^2))^(-1/2), b = -a rate s",
  example: "dense(8, selu) -> alpha_dropout(10%)",
  source: 'Keras, `AlphaDropout`; Klambauer et al. 2017, "Self-Normalizing Neural Networks"',
  params: { rate: rate("Share of the inputs that are dropped.") },
  output: onNumbers((shape) => shape),
  parts: (args) => ({ ...apartParts, ...acts(args) }),
  random: ({ rate }) => rate !== 0,
  build: ({ b, drops, uniform }, [x], { rate }) => {
    if (!drops || rate === 0) return x;
    const scale = 1 / Math.sqrt((1 - rate) * (1 + rate * LEAST * LEAST));
    const keep = b.compare(uniform(x.type.shape), "GE", b.like(x, rate));
    const kept = b.select(keep, x, b.like(x, LEAST));
    return b.add(b.multiply(kept, b.like(x, scale)), b.like(x, -scale * rate * LEAST));
  },
});

export const spatialDropout = defineLayer({
  name: "spatial_dropout",
  doc: "Dropout of whole channels, at all steps of a sequence or all points of an image, as numbers beside each other say the same; when predicting nothing, but in the passes of `report { spread: dropout }`.",
  formula: "x[.., c] / (1 - rate) with probability 1 - rate, else 0, for each channel c of a row",
  example: "spatial_dropout(20%)",
  source:
    'Keras, `SpatialDropout1D` and `SpatialDropout2D`; Tompson et al. 2015, "Efficient Object Localization Using Convolutional Networks"',
  params: { rate: rate("Share of the channels set to 0.") },
  output: onNumbers((shape) =>
    shape.length > 1
      ? shape
      : {
          problem: "spatial_dropout drops channels of a sequence or an image, and its input has no steps",
          note: "`dropout` drops single numbers.",
        },
  ),
  parts: (args) => ({ ...plainParts, sees: "place", padding: "keeps", ...acts(args) }),
  random: ({ rate }) => rate !== 0,
  build: ({ b, drops, uniform }, [x], { rate }) => {
    if (!drops || rate === 0) return x;
    const { shape } = x.type;
    const [rows = 0] = shape;
    const drawn = uniform([rows, shape.at(-1) ?? 1]);
    const keep = b.compare(drawn, "GE", b.like(drawn, rate));
    const factor = b.select(keep, b.like(drawn, 1 / (1 - rate)), b.like(drawn, 0));
    const scaled = b.multiply(x, b.broadcastInDim(factor, shape, [0, shape.length - 1]));
    // Not by the factor alone: a number that is none would stay so in a channel that is dropped.
    return b.select(b.broadcastInDim(keep, shape, [0, shape.length - 1]), scaled, b.like(x, 0));
  },
});
