// The scale and the offset that are learnt behind a normalisation: their parameters, variables and operations, with
// the names of Keras.

import { type Args, flag, type Instance, type Shape } from "@netwright/definitions";
import type { Value } from "@netwright/ir";
import type { LayerContext, Variable } from "./layer.ts";
import { constraint, initializer, regularizer, weight } from "./variables.ts";

/** Behind the parameters of the normalisation itself. */
export const scaleAndOffsetParams = {
  center: flag({ doc: "Whether an offset is learnt.", default: true }),
  scale: flag({ doc: "Whether a scale is learnt.", default: true }),
  beta_initializer: initializer("Start values of the offset.", "zeros"),
  gamma_initializer: initializer("Start values of the scale.", "ones"),
  beta_regularizer: regularizer("Penalty on the offset."),
  gamma_regularizer: regularizer("Penalty on the scale."),
  beta_constraint: constraint("What the offset is brought back to after every update."),
  gamma_constraint: constraint("What the scale is brought back to after every update."),
};

interface ScaleAndOffset extends Args {
  readonly center: boolean;
  readonly scale: boolean;
  readonly beta_initializer: Instance;
  readonly gamma_initializer: Instance;
  readonly beta_regularizer: Instance | null;
  readonly gamma_regularizer: Instance | null;
  readonly beta_constraint: Instance | null;
  readonly gamma_constraint: Instance | null;
}

/** `gamma` and `beta` of that shape, as far as they are learnt. */
export function scaleAndOffset(shape: Shape, args: ScaleAndOffset): readonly Variable[] {
  return [
    ...(args.scale
      ? [weight("gamma", shape, args.gamma_initializer, args.gamma_regularizer, args.gamma_constraint)]
      : []),
    ...(args.center
      ? [weight("beta", shape, args.beta_initializer, args.beta_regularizer, args.beta_constraint)]
      : []),
  ];
}

/** gamma x + beta, where both lie along `dimensions` of x. */
export function scaledAndOffset(
  { b, variable }: Pick<LayerContext, "b" | "variable">,
  x: Value,
  dimensions: readonly number[],
  { scale, center }: Pick<ScaleAndOffset, "scale" | "center">,
): Value {
  const along = (name: string) => b.broadcastInDim(variable(name), x.type.shape, dimensions);
  const scaled = scale ? b.multiply(x, along("gamma")) : x;
  return center ? b.add(scaled, along("beta")) : scaled;
}
