// Mean and variance over some dimensions of a value, which normalisations share. Both are sums divided by a count, and
// the variance is that of the centred numbers, so that nothing cancels out.

import { type Builder, sizeOf, type Value } from "@netwright/ir";
import type { Mask } from "./layer.ts";

export interface Moments {
  /** Without the dimensions that they are over. */
  readonly mean: Value;
  readonly variance: Value;
  /** Of the shape of the value: what is left of it without the mean. */
  readonly centred: Value;
}

/** Of the steps that `mask` has; of all where it is null. */
export function momentsOver(b: Builder, x: Value, dimensions: readonly number[], mask: Mask = null): Moments {
  const mean = meanOver(b, x, dimensions, mask);
  const centred = b.subtract(x, alongOthers(b, mean, x, dimensions));
  return { mean, variance: meanOver(b, b.multiply(centred, centred), dimensions, mask), centred };
}

export function meanOver(b: Builder, x: Value, dimensions: readonly number[], mask: Mask = null): Value {
  if (mask !== null) return meanOfSteps(b, x, dimensions, mask);
  const sum = b.sum(x, dimensions);
  return b.divide(sum, b.like(sum, countOf(x, dimensions)));
}

/** Of [rows, steps, ...]: 0 where no step is there. */
function meanOfSteps(b: Builder, x: Value, dimensions: readonly number[], mask: Value): Value {
  const there = b.broadcastInDim(mask, x.type.shape, [0, 1]);
  const sum = b.sum(b.select(there, x, b.like(x, 0)), dimensions);
  const [within, beside] = [dimensions.filter((d) => d < 2), dimensions.filter((d) => d >= 2)];
  const steps = b.sum(b.convert(mask, "f32"), within);
  const some = b.maximum(steps, b.like(steps, 1));
  const each = countOf(x, beside);
  const count = each === 1 ? some : b.multiply(some, b.like(some, each));
  const kept = [0, 1].filter((d) => !dimensions.includes(d));
  return b.divide(
    sum,
    b.broadcastInDim(
      count,
      sum.type.shape,
      kept.map((_, place) => place),
    ),
  );
}

function countOf({ type: { shape } }: Value, dimensions: readonly number[]): number {
  return sizeOf(dimensions.map((dimension) => shape[dimension] ?? 1));
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
