// Normalisations, and constants that are added to steps.

import { numberIn, weightIn } from "../../model/layers.ts";
import type { FloatTensor } from "../../model/layouts.ts";
import { wavesOf } from "../../model/positions.ts";
import type { KerasWeight } from "../graph.ts";
import { type LayerContext, type LayerRule, put, refused, taken, weightsIn } from "./rule.ts";

const STATE = ["epsilon", "center", "scale"] as const;

export const batchNorm: LayerRule = (context) =>
  put(
    context,
    "BatchNormalization",
    taken(context.args, "axis", "momentum", ...STATE),
    weightsIn(context, [["gamma"], ["beta"], ["moving_mean"], ["moving_variance"]]),
  );

export const layerNorm: LayerRule = (context) =>
  put(
    context,
    "LayerNormalization",
    taken(context.args, "axis", ...STATE),
    weightsIn(context, [["gamma"], ["beta"]]),
  );

export const groupNorm: LayerRule = (context) =>
  put(
    context,
    "GroupNormalization",
    taken(context.args, "groups", ...STATE),
    weightsIn(context, [["gamma"], ["beta"]]),
  );

export const rmsNorm: LayerRule = (context) =>
  typeof context.args["axis"] === "number"
    ? put(
        context,
        "RMSNormalization",
        taken(context.args, "axis", "epsilon"),
        weightsIn(context, [["scale"]]),
      )
    : refused(context, "is over several sizes, which Keras has no form of");

export const unitNorm: LayerRule = (context) =>
  put(context, "UnitNormalization", taken(context.args, "axis"));

export const prelu: LayerRule = (context) => {
  const alpha = weightIn(context, "alpha");
  // Along sizes of 1 one slope is shared.
  const shared = alpha.shape.flatMap((size, i) => (size === 1 && context.shape[i] !== 1 ? [i + 1] : []));
  return put(
    context,
    "PReLU",
    { shared_axes: shared.length === 0 ? null : shared },
    weightsIn(context, [["alpha"]]),
  );
};

/** x + what was learned for each step: Keras adds a constant where it takes away a mean. */
export const positionEmbedding: LayerRule = (context) => added(context, weightIn(context, "embeddings"));

/** Sines at even numbers, cosines at odd ones. */
export const sinePositionEncoding: LayerRule = (context) => {
  const [steps = 1, numbers = 1] = context.shape;
  const data = wavesOf(steps, numbers, numberIn(context.args, "max_wavelength"));
  return added(context, { shape: [steps, numbers], data });
};

function added(context: LayerContext, { shape, data }: FloatTensor): string {
  const mean = { shape, data: data.map((value) => -value) };
  const variance = { shape, data: new Float32Array(data.length).fill(1) };
  return put(
    context,
    "Normalization",
    { axis: shape.map((_, i) => i + 1) },
    normalizationWeights(mean, variance),
  );
}

/** What Keras keeps of a `Normalization`: it divides by the root of the variance. */
export function normalizationWeights(mean: FloatTensor, variance: FloatTensor): readonly KerasWeight[] {
  return [
    { path: "vars/0", name: "mean", tensor: mean },
    { path: "vars/1", name: "variance", tensor: variance },
    { path: "vars/2", name: "count", tensor: { shape: [], data: new Float32Array(1) }, isCount: true },
  ];
}
