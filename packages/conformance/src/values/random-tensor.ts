// Operands with generated values: a pure function of type, seed and spread, by the generator of the IR.

import { type Tensor, zeros } from "@netwright/backend-reference";
import type { ElementType, TensorType } from "@netwright/ir";
import { fillPhilox } from "@netwright/ir/numerics";
import { edgeValues, subnormals } from "./edge-values.ts";

/**
 * - `wide`: small whole numbers (so that comparisons meet ties) and sizes over many powers of two
 * - `moderate`: small whole numbers and numbers between -4 and 4
 * - `near one`: magnitudes between 0.5 and 1.5, for products of many
 * - `whole`: from -3 to 3, of which sums and products are exact in any order
 * - `non-finite`: as moderate, with a NaN or an infinity here and there
 * - `edges`: the edge values, for f32 with NaN and subnormals
 * - `normal edges`, `subnormals`: the same without and with nothing but subnormals
 */
export type Spread =
  | "wide"
  | "moderate"
  | "near one"
  | "whole"
  | "non-finite"
  | "edges"
  | "normal edges"
  | "subnormals";

/** A word picks the kind of number, the other the number. */
type Draw = (pick: number, word: number) => number;

const unit = (word: number): number => word / 2 ** 31 - 1;
const small = (word: number): number => (word % 7) - 3;
/** Half of them moderate, the others up to 2^36 and down to 2^-36. */
const SCALES: readonly number[] = Array.from({ length: 73 }, (_, i) => i - 36).flatMap((e) => [4, 2 ** e]);
const NON_FINITE: readonly number[] = [Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
const from =
  (values: readonly number[]): Draw =>
  (pick) =>
    values[pick % values.length] ?? 0;

const f32: { readonly [S in Spread]: Draw } = {
  wide: (pick, word) => (pick % 4 === 0 ? small(word) : unit(word) * (SCALES[pick % SCALES.length] ?? 1)),
  moderate: (pick, word) => (pick % 4 === 0 ? small(word) : 4 * unit(word)),
  "near one": (pick, word) => (pick % 2 === 0 ? 1 : -1) * (1 + unit(word) / 2),
  whole: (_, word) => small(word),
  "non-finite": (pick, word) => NON_FINITE[pick % 29] ?? 4 * unit(word),
  edges: from([...edgeValues.f32, ...subnormals, Number.NaN]),
  "normal edges": from([...edgeValues.f32, Number.NaN]),
  subnormals: from(subnormals),
};

const draws: { readonly [D in Exclude<ElementType, "f32">]: Draw } = {
  i32: (pick, word) => (pick % 2 === 0 ? small(word) : word | 0),
  u32: (pick, word) => (pick % 2 === 0 ? word % 7 : word),
  pred: (_, word) => word >>> 31,
};

function drawFor(dtype: ElementType, spread: Spread): Draw {
  if (dtype === "f32") return f32[spread];
  return spread === "edges" ? from(edgeValues[dtype]) : draws[dtype];
}

export function randomTensor(type: TensorType, seed: number, spread: Spread): Tensor {
  const result = zeros(type);
  const words = new Uint32Array(2 * result.data.length);
  fillPhilox([seed >>> 0, 0], [0, 0, 0, 0], words);
  const draw = drawFor(type.dtype, spread);
  for (let i = 0; i < result.data.length; i++)
    result.data[i] = draw(words[2 * i] ?? 0, words[2 * i + 1] ?? 0);
  return result;
}
