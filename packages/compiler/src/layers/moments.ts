// Mean and variance over some dimensions of a value, which normalisations share. Both are sums divided by a count, and
// the variance is that of the centred numbers, so that nothing cancels out.

import { type Builder, sizeOf, type Value } from "@netwright/ir";

export interface Moments {
  /** Without the dimensions that they are over. */
  readonly mean: Value;
  readonly variance: Value;
  /** Of the shape of the value: what is left of it without the mean. */
  readonly centred: Value;
}

export function momentsOver(b: Builder, x: Value, dimensions: readonly number[]): Moments {
  const mean = meanOver(b, x, dimensions);
  const centred = b.subtract(x, alongOthers(b, mean, x, dimensions));
  return { mean, variance: meanOver(b, b.multiply(centred, centred), dimensions), centred };
}

export function meanOver(b: Builder, x: Value, dimensions: readonly number[]): Value {
  const sum = b.sum(x, dimensions);
  return b.divide(sum, b.like(sum, sizeOf(dimensions.map((dimension) => x.type.shape[dimension] ?? 1))));
}

/** Repeats what is left of `x` without `dimensions` along these. */
export function alongOthers(b: Builder, value: Value, x: Value, dimensions: readonly number[]): Value {
  const { shape } = x.type;
  const kept = shape.map((_, dimension) => dimension).filter((dimension) => !dimensions.includes(dimension));
  return b.broadcastInDim(value, shape, kept);
}

/** 1 / sqrt(variance + epsilon). */
export function inverseDeviation(b: Builder, variance: Value, epsilon: number): Value {
  return b.divide(b.like(variance, 1), b.sqrt(b.add(variance, b.like(variance, epsilon))));
}
