// What an optimizer is: how one weight moves along its gradient. `update` becomes the decomposition of a
// `composite` operation, so a backend may run it fused and every other runs it as written here.

import {
  type Args,
  type Documented,
  definer,
  type Instance,
  type Param,
  scheduled,
} from "@netwright/definitions";
import type { Builder, Value } from "@netwright/ir";
import { rateParam } from "../schedules/rate-param.ts";

/** What `update` works on; all have the shape of the weight. */
export interface UpdateInputs {
  readonly weight: Value;
  readonly gradient: Value;
  /** In order of `slots`. */
  readonly slots: readonly Value[];
  /** The learning rate of this step. */
  readonly rate: Value;
  /** In order of `scalars`, repeated to the shape of the weight. */
  readonly scalars: readonly Value[];
  /** Whether members of an ensemble have rates of their own: then each moves by itself. They are the first size of the weight. */
  readonly byMember: boolean;
}

export interface UpdateOutputs {
  readonly weight: Value;
  /** In order of `slots`. */
  readonly slots: readonly Value[];
}

/** What is the same for all weights of a step: f32 scalars. */
export interface StepInputs {
  /** The number of the step, from 1. */
  readonly t: Value;
  readonly rate: Value;
  /** In order of `shared`. */
  readonly shared: readonly Value[];
}

export interface StepOutputs {
  /** f32 scalars for `update`. */
  readonly scalars: readonly Value[];
  /** In order of `shared`; without it they stay as they are. */
  readonly shared?: readonly Value[];
}

export interface Optimizer extends Documented {
  /** What is kept for each weight between steps, in its shape: names, with the number that all of it starts with. */
  readonly slots: (args: Args) => Readonly<Record<string, number>>;
  /** What is kept between steps for all weights alike, f32 scalars: names, with what they start with. */
  readonly shared: (args: Args) => Readonly<Record<string, number>>;
  /** Share of each weight that is taken off before the update, times the learning rate: a number, or a schedule. */
  readonly decay: (args: Args) => number | Instance;
  /** What is the same for all weights of a step, beside the learning rate. */
  readonly step: (b: Builder, step: StepInputs, args: Args) => StepOutputs;
  readonly update: (b: Builder, inputs: UpdateInputs, args: Args) => UpdateOutputs;
  /**
   * Parameters that make another rule of it where they are neither `false` nor 0. The name of the composite says so
   * then, so that no backend takes it for the rule that it has a kernel for.
   */
  readonly variants: readonly string[];
}

export const defineOptimizer = definer<Optimizer, "decay" | "shared" | "step" | "variants">({
  decay: () => 0,
  shared: () => ({}),
  step: () => ({ scalars: [] }),
  variants: [],
});

/** The parameter that all optimizers have first. More than `usual` is hardly ever meant. */
export function learningRate(spec: {
  readonly default: number;
  readonly usual: number;
}): Param<number | Instance> {
  return rateParam({
    ...spec,
    doc: "Step size: a number, or a schedule that gives one for every step.",
    byMember: true,
  });
}

export const weightDecay = decayParam(0);

export function decayParam(fallback: number): Param<number | Instance> {
  return scheduled({
    doc: "Share of each weight removed in a step, times the learning rate: a number, or a schedule.",
    default: fallback,
    min: 0,
    byMember: true,
  });
}

/** For optimizers whose rule knows nothing of the decay. */
export const decaying = {
  variants: ["weight_decay"],
  decay: ({ weight_decay }: { readonly weight_decay: number | Instance }) => weight_decay,
} as const;

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

/** decay * average + (1 - decay) * x. */
export function movingAverage(b: Builder, average: Value, x: Value, decay: number): Value {
  return b.add(b.multiply(average, b.like(average, decay)), b.multiply(x, b.like(x, 1 - decay)));
}

export function square(b: Builder, x: Value): Value {
  return b.multiply(x, x);
}

/** 1 - decay^t, a scalar: what a moving average that started at zero has taken in after `t` steps. */
export function taken(b: Builder, decay: number, t: Value): Value {
  return b.subtract(b.like(t, 1), b.power(b.like(t, decay), t));
}
