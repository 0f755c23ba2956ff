// Random f32 from random bits, as initializers and dropout need them.

import type { Builder, Value } from "@netwright/ir";

/** Uniform in [low, high), on a grid of 2^24 values: the upper 24 bits of a word are exact in f32. */
export function uniformFrom(b: Builder, bits: Value, low: number, high: number): Value {
  const upper = b.divide(bits, b.like(bits, 256));
  const unit = b.multiply(b.convert(upper, "f32"), b.fill({ ...bits.type, dtype: "f32" }, 2 ** -24));
  return b.add(b.multiply(unit, b.like(unit, high - low)), b.like(unit, low));
}

/** The state of a generator whose key is the seed and a number that keeps streams apart. */
export function streamState(b: Builder, seed: Value, stream: number): Value {
  const rest = b.literal({ dtype: "u32", shape: [5] }, [stream, 0, 0, 0, 0]);
  return b.concatenate([b.reshape(seed, [1]), rest], 0);
}
