// Normalisations, and what is learned for each number.

import { isInstance, numberIn, weightIn } from "../../model/layers.ts";
import type { FloatTensor } from "../../model/layouts.ts";
import { reshaped } from "../../model/layouts.ts";
import { activated } from "../activations.ts";
import { dimensionsIn } from "../arguments.ts";
import { float, type Name } from "../graph-builder.ts";
import { type LayerContext, type LayerRule, placed, refused } from "./rule.ts";

const filled = (count: number, value: number): FloatTensor => ({
  shape: [count],
  data: new Float32Array(count).fill(value),
});

/** A weight that lies along `dimensions` of the value, so that it is repeated along all others. */
function along({ shape }: LayerContext, tensor: FloatTensor, dimensions: readonly number[]): FloatTensor {
  const sizes = shape.map((size, place) => (dimensions.includes(place + 1) ? size : 1));
  return reshaped(tensor, sizes);
}

function scaledAndOffset(context: LayerContext, x: Name, dimensions: readonly number[]): Name {
  const { g, weight } = context;
  const gamma = weight("gamma");
  const beta = weight("beta");
  const scaled =
    gamma === null ? x : g.op("Mul", [x, placed(context, "gamma", along(context, gamma, dimensions))]);
  return beta === null
    ? scaled
    : g.op("Add", [scaled, placed(context, "beta", along(context, beta, dimensions))]);
}

/** (x - mean) / sqrt(variance + epsilon) over these dimensions. */
function normal({ g }: LayerContext, x: Name, dimensions: readonly number[], epsilon: number): Name {
  const axes = g.ints(dimensions);
  const centred = g.op("Sub", [x, g.op("ReduceMean", [x, axes], { keepdims: 1 })]);
  const variance = g.op("ReduceMean", [g.op("Mul", [centred, centred]), axes], { keepdims: 1 });
  return g.op("Div", [centred, g.op("Sqrt", [g.op("Add", [variance, g.floats([epsilon], [])])])]);
}

export const batchNorm: LayerRule = (context) => {
  const { g, x, args, shape, weight } = context;
  const dimensions = dimensionsIn(args, "axis", shape);
  const [own = 0] = dimensions;
  const mean = weightIn(context, "moving_mean");
  const variance = weightIn(context, "moving_variance");
  const epsilon = numberIn(args, "epsilon");
  if (own === shape.length) {
    const [count] = mean.shape;
    const gamma = weight("gamma") ?? filled(count ?? 1, 1);
    const beta = weight("beta") ?? filled(count ?? 1, 0);
    const inputs = [
      g.channelsFirst(x, shape.length + 1),
      placed(context, "gamma", gamma),
      placed(context, "beta", beta),
      placed(context, "moving_mean", mean),
      placed(context, "moving_variance", variance),
    ];
    return g.channelsLast(g.op("BatchNormalization", inputs, { epsilon: float(epsilon) }), shape.length + 1);
  }
  const centred = g.op("Sub", [x, placed(context, "moving_mean", along(context, mean, dimensions))]);
  const deviations = g.op("Sqrt", [
    g.op("Add", [
      placed(context, "moving_variance", along(context, variance, dimensions)),
      g.floats([epsilon], []),
    ]),
  ]);
  return scaledAndOffset(context, g.op("Div", [centred, deviations]), dimensions);
};

export const layerNorm: LayerRule = (context) => {
  const { g, x, args, shape, weight } = context;
  const dimensions = dimensionsIn(args, "axis", shape);
  const epsilon = numberIn(args, "epsilon");
  if (dimensions.length === 1 && dimensions[0] === shape.length) {
    const gamma = weight("gamma") ?? filled(shape.at(-1) ?? 1, 1);
    const beta = weight("beta");
    const inputs = [
      x,
      placed(context, "gamma", gamma),
      ...(beta === null ? [] : [placed(context, "beta", beta)]),
    ];
    return g.op("LayerNormalization", inputs, { axis: -1, epsilon: float(epsilon) });
  }
  return scaledAndOffset(context, normal(context, x, dimensions, epsilon), dimensions);
};

export const groupNorm: LayerRule = (context) => {
  const { g, x, args, shape } = context;
  const channels = shape.at(-1) ?? 1;
  const stated = numberIn(args, "groups");
  const groups = stated === -1 ? channels : stated;
  const grouped = g.reshape(x, [...shape.slice(0, -1), groups, channels / groups]);
  const within = [...shape.slice(0, -1).map((_, place) => place + 1), shape.length + 1];
  const normalized = g.reshape(normal(context, grouped, within, numberIn(args, "epsilon")), shape);
  return scaledAndOffset(context, normalized, [shape.length]);
};

export const rmsNorm: LayerRule = (context) => {
  const { g, x, args, shape } = context;
  const dimensions = dimensionsIn(args, "axis", shape);
  const square = g.op("ReduceMean", [g.op("Mul", [x, x]), g.ints(dimensions)], { keepdims: 1 });
  const root = g.op("Sqrt", [g.op("Add", [square, g.floats([numberIn(args, "epsilon")], [])])]);
  const scale = along(context, weightIn(context, "scale"), dimensions);
  return g.op("Mul", [g.op("Div", [x, root]), placed(context, "scale", scale)]);
};

/** A row that is all 0 stays so. */
export const unitNorm: LayerRule = ({ g, x, args, shape }) => {
  const squares = g.op("ReduceSum", [g.op("Mul", [x, x]), g.ints(dimensionsIn(args, "axis", shape))], {
    keepdims: 1,
  });
  return g.op("Div", [x, g.op("Sqrt", [g.op("Max", [squares, g.floats([1e-24], [])])])]);
};

export const prelu: LayerRule = (context) =>
  context.g.op("PRelu", [context.x, placed(context, "alpha", weightIn(context, "alpha"))]);

export const learnedScale: LayerRule = (context) =>
  context.g.op("Mul", [context.x, placed(context, "scale", weightIn(context, "scale"))]);

/** x + alpha (function(x) - x). */
export const parametricActivation: LayerRule = (context) => {
  const { g, x, args } = context;
  const own = args["function"];
  const made = isInstance(own) ? activated(g, x, own) : null;
  if (made === null) return refused(context, "has an activation that is none of Netwright's");
  const share = g.op("Mul", [placed(context, "alpha", weightIn(context, "alpha")), g.op("Sub", [made, x])]);
  return g.op("Add", [x, share]);
};
