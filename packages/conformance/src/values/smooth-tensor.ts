// Operands for finite differences: multiples of 1/32, so that a step of 1/32 is exact in f32, and away from
// the points where a function has a kink.

import { type Tensor, zeros } from "@netwright/backend-reference";
import { tensor } from "@netwright/ir";
import { fillPhilox } from "@netwright/ir/numerics";

const GRID = 32;

function draw(
  shape: readonly number[],
  seed: number,
  value: (word: number, index: number) => number,
): Tensor {
  const result = zeros(tensor("f32", shape));
  const words = new Uint32Array(result.data.length);
  fillPhilox([seed, 1], [0, 0, 0, 0], words);
  for (let i = 0; i < words.length; i++) result.data[i] = Math.round(value(words[i] ?? 0, i) * GRID) / GRID;
  return result;
}

/** From `low` to `high`. */
export function between(low: number, high: number, shape: readonly number[], seed = 0): Tensor {
  return draw(shape, seed, (word) => low + (word / 2 ** 32) * (high - low));
}

/** From `low` to `high`, with either sign. */
export function signed(low: number, high: number, shape: readonly number[], seed = 0): Tensor {
  return draw(shape, seed, (word) => (word % 2 === 0 ? 1 : -1) * (low + (word / 2 ** 32) * (high - low)));
}

/** No two closer than 1/2, in mixed order. */
export function distinct(shape: readonly number[], seed = 0): Tensor {
  const size = zeros(tensor("f32", shape)).data.length;
  const words = new Uint32Array(size);
  fillPhilox([seed, 2], [0, 0, 0, 0], words);
  const order = [...words.keys()].sort((a, b) => (words[a] ?? 0) - (words[b] ?? 0));
  return draw(shape, seed, (_, i) => (order[i] ?? 0) / 2 - size / 4);
}

/** x + y, element by element. */
export function sumOf(x: Tensor, y: Tensor): Tensor {
  const result = zeros(x.type);
  for (let i = 0; i < x.data.length; i++) result.data[i] = (x.data[i] ?? 0) + (y.data[i] ?? 0);
  return result;
}
