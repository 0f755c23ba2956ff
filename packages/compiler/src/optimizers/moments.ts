// Moving averages of a gradient and of its square: what adam and those that come from it keep of each weight.

import { real } from "@netwright/definitions";
import type { Builder, Value } from "@netwright/ir";
import { movingAverage, slotOf, square, type UpdateInputs } from "./optimizer.ts";

export const momentParams = {
  beta_1: real({ doc: "Decay of the mean of the gradient.", default: 0.9, min: 0, below: 1 }),
  beta_2: real({ doc: "Decay of the mean of its square.", default: 0.999, min: 0, below: 1 }),
  epsilon: real({ doc: "Keeps the division finite.", default: 1e-7, above: 0 }),
};

/** `m` and `v` after this step, of the first two slots. */
export function moments(
  b: Builder,
  inputs: UpdateInputs,
  { beta_1, beta_2 }: { readonly beta_1: number; readonly beta_2: number },
): readonly [m: Value, v: Value] {
  const { gradient } = inputs;
  const m = movingAverage(b, slotOf(inputs, 0), gradient, beta_1);
  return [m, movingAverage(b, slotOf(inputs, 1), square(b, gradient), beta_2)];
}

/** With decays of 32 bits, so that the shares add up to what `taken` gives of them, by which they are divided. */
export function momentsToDivide(
  b: Builder,
  inputs: UpdateInputs,
  { beta_1, beta_2 }: { readonly beta_1: number; readonly beta_2: number },
): readonly [m: Value, v: Value] {
  return moments(b, inputs, { beta_1: Math.fround(beta_1), beta_2: Math.fround(beta_2) });
}
