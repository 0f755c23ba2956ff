// Normalisations, scalings, and constants that are added to steps.

import { at, WAVELENGTH } from "@netwright/definitions";
import { sizeOf } from "@netwright/ir";
import { type FloatTensor, reshaped } from "../../../model/layouts.ts";
import { wavesOf } from "../../../model/positions.ts";
import { fieldOf, type JsonObject, listIn, numberIn } from "../json.ts";
import { flagIn, put, type Rule, type RuleContext, refused, weightsIn, wholeIn } from "./rule.ts";

/** Counted from the end where it is the last one, as Netwright's default does. */
function axisIn(config: JsonObject, rank: number): number | readonly number[] | null {
  const axes = [fieldOf(config, "axis") ?? -1].flat();
  if (!axes.every((axis): axis is number => typeof axis === "number")) return null;
  const own = axes.map((axis) => (axis === rank ? -1 : axis));
  return own.length === 1 ? at(own, 0) : own;
}

const STATE = (config: JsonObject) => ({
  epsilon: numberIn(config, "epsilon") ?? 1e-3,
  center: flagIn(config, "center", true),
  scale: flagIn(config, "scale", true),
});

const gammaAndBeta = (config: JsonObject) => {
  const { center, scale } = STATE(config);
  return [...(scale ? [["gamma"] as const] : []), ...(center ? [["beta"] as const] : [])];
};

export const batchNorm: Rule = (context) => {
  const { config, rank, x } = context;
  const axis = axisIn(config, rank);
  const state = STATE(config);
  const weights = weightsIn(context, [...gammaAndBeta(config), ["moving_mean"], ["moving_variance"]]);
  if (weights === null) return x;
  if (typeof axis !== "number")
    return refused(context, "is along several sizes, and that of Netwright along one");
  const { moving_mean, moving_variance } = weights;
  // As a scaling is written for those who have no layer of it.
  if (state.epsilon === 0 && axis === -1 && !state.center && !state.scale && moving_mean && moving_variance)
    return rescaled(context, Array.from(moving_mean.data), rootsOf(moving_variance), false);
  if (state.epsilon <= 0) return refused(context, "has an `epsilon` of 0, and that of Netwright is above");
  return put(context, "batch_norm", {
    args: { ...state, momentum: numberIn(config, "momentum") ?? 0.99, axis },
    weights,
  });
};

export const layerNorm: Rule = (context) => {
  const { config, rank, x } = context;
  if (flagIn(config, "rms_scaling", false))
    return refused(context, "scales by `rms_scaling`, which Netwright has no form of");
  const axis = axisIn(config, rank);
  const weights = weightsIn(context, gammaAndBeta(config));
  if (axis === null) return refused(context, "has an `axis` that is no number");
  return weights === null ? x : put(context, "layer_norm", { args: { ...STATE(config), axis }, weights });
};

export const groupNorm: Rule = (context) => {
  const { config, rank, x } = context;
  if (axisIn(config, rank) !== -1)
    return refused(context, "has its channels in another place than the last, where Netwright has them");
  const weights = weightsIn(context, gammaAndBeta(config));
  return weights === null
    ? x
    : put(context, "group_norm", {
        args: { ...STATE(config), groups: wholeIn(config, "groups") ?? 32 },
        weights,
      });
};

export const rmsNorm: Rule = (context) => {
  const { config, rank, x } = context;
  const axis = axisIn(config, rank);
  const weights = weightsIn(context, [["scale"]]);
  if (axis === null) return refused(context, "has an `axis` that is no number");
  return weights === null
    ? x
    : put(context, "rms_norm", { args: { axis, epsilon: numberIn(config, "epsilon") ?? 1e-6 }, weights });
};

export const unitNorm: Rule = (context) => {
  const axis = axisIn(context.config, context.rank);
  return axis === null
    ? refused(context, "has an `axis` that is no number")
    : put(context, "unit_norm", { args: { axis } });
};

/** Keras divides by no less. */
const LEAST_DEVIATION = 1e-7;

function rootsOf({ data }: Pick<FloatTensor, "data">): number[] {
  return Array.from(data, Math.sqrt);
}

function rescaled(
  context: RuleContext,
  centre: readonly number[],
  by: readonly number[],
  inverse: boolean,
): string {
  if (![...centre, ...by].every(Number.isFinite) || by.some((one) => one === 0))
    return refused(context, "divides by 0, or has numbers that are none");
  return put(context, "rescaling", { args: { centre: short(centre), by: short(by), inverse } });
}

/** One number where all are the same. */
function short(values: readonly number[]): readonly number[] {
  return values.every((value) => value === values[0]) ? values.slice(0, 1) : values;
}

export const rescaling: Rule = (context) => {
  const scale = numbersIn(fieldOf(context.config, "scale"));
  const offset = numbersIn(fieldOf(context.config, "offset") ?? 0);
  if (scale === null || offset === null)
    return refused(context, "has no `scale` and `offset` that are numbers");
  const count = Math.max(scale.length, offset.length);
  const all = (values: readonly number[]) =>
    values.length === 1 ? Array.from({ length: count }, () => at(values, 0)) : values;
  return rescaled(context, all(offset), all(scale), true);
};

/** A number, or a list of them, however deep it lies. */
function numbersIn(value: unknown): readonly number[] | null {
  const all: readonly unknown[] = Array.isArray(value) ? value.flat(8) : [value];
  return all.length > 0 && all.every((one): one is number => typeof one === "number") ? all : null;
}

export const normalization: Rule = (context) => {
  const { config, rank, x } = context;
  const stated = {
    mean: numbersIn(fieldOf(config, "mean")),
    variance: numbersIn(fieldOf(config, "variance")),
  };
  const kept =
    stated.mean === null || stated.variance === null ? weightsIn(context, [["mean"], ["variance"]]) : {};
  if (kept === null) return x;
  const mean = kept["mean"]?.data ?? Float32Array.from(stated.mean ?? []);
  const variance = kept["variance"]?.data ?? Float32Array.from(stated.variance ?? []);
  const shape = kept["mean"]?.shape ?? [mean.length];
  const inverse = flagIn(config, "invert", false);
  const axes = listIn(config, "axis")?.filter((axis): axis is number => typeof axis === "number");
  const isLast = axes === undefined || axes.every((axis) => axis === -1 || axis === rank);
  if (isLast || mean.length === 1)
    return rescaled(
      context,
      Array.from(mean),
      Array.from(variance, (one) => Math.max(Math.sqrt(one), LEAST_DEVIATION)),
      inverse,
    );
  // A number of its own for each place: what is added to steps goes as a mean that is taken away.
  const sizes = shape.filter((size, i) => i >= shape.length - rank || size !== 1);
  if (!inverse && rank === 2 && sizes.length === 2 && variance.every((one) => one === 1))
    return added(context, reshaped({ shape, data: Float32Array.from(mean, (one) => -one) }, sizes));
  return refused(
    context,
    "has a mean for each of several sizes, and a scaling of Netwright is along the last one",
  );
};

function added(context: RuleContext, tensor: FloatTensor): string {
  const [steps = 1, numbers = 1] = tensor.shape;
  const waves = wavesOf(steps, numbers, WAVELENGTH);
  const isWaves =
    sizeOf(tensor.shape) === waves.length && waves.every((value, i) => value === tensor.data[i]);
  return isWaves
    ? put(context, "sine_position_encoding")
    : put(context, "position_embedding", { weights: { embeddings: tensor } });
}
