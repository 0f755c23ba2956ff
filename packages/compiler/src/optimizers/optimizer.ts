// What an optimizer is: how one weight moves along its gradient. `update` becomes the decomposition of a
// `composite` operation, so a backend may run it fused and every other runs it as written here.

import { type Args, type Documented, definer } from "@netwright/definitions";
import type { Builder, Value } from "@netwright/ir";

/** What `update` works on; all but the scalars have the shape of the weight. */
export interface UpdateInputs {
  readonly weight: Value;
  readonly gradient: Value;
  /** In order of `slots`. */
  readonly slots: readonly Value[];
  /** In order of `scalars`, repeated to the shape of the weight. */
  readonly scalars: readonly Value[];
}

export interface UpdateOutputs {
  readonly weight: Value;
  readonly slots: readonly Value[];
}

export interface Optimizer extends Documented {
  /** What is kept for each weight between steps, all starting at zero. */
  readonly slots: (args: Args) => readonly string[];
  /** f32 scalars that are the same for all weights of a step; `t` counts steps from 1, as f32. */
  readonly scalars: (b: Builder, t: Value, args: Args) => readonly Value[];
  readonly update: (b: Builder, inputs: UpdateInputs, args: Args) => UpdateOutputs;
}

export const defineOptimizer = definer<Optimizer, "scalars">({ scalars: () => [] });

/** The slot at `index`, which `slots` has declared. */
export function slotOf(inputs: UpdateInputs, index: number): Value {
  const slot = inputs.slots[index];
  if (slot === undefined) throw new Error(`the update uses slot ${index}, which it does not declare`);
  return slot;
}

export function scalarOf(inputs: UpdateInputs, index: number): Value {
  const scalar = inputs.scalars[index];
  if (scalar === undefined) throw new Error(`the update uses scalar ${index}, which it does not declare`);
  return scalar;
}

/** decay * average + (1 - decay) * x: the moving averages of adam and rmsprop. */
export function movingAverage(b: Builder, average: Value, x: Value, decay: number): Value {
  return b.add(b.multiply(average, b.like(average, decay)), b.multiply(x, b.like(x, 1 - decay)));
}
