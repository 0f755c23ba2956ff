// How far a backend's numbers may be from the reference, by class of operation. Deterministic backends get no
// tolerance at all.

import { SMALLEST_NORMAL_FLOAT32 } from "@netwright/ir/numerics";

/** |actual - expected| <= absolute + relative * scale; the scale is |expected| where nothing else is said. */
export interface Tolerance {
  readonly absolute: number;
  readonly relative: number;
}

/**
 * - `exact`: moves elements, compares, works on integers or random bits, or rounds nothing
 * - `arithmetic`: one operation that IEEE 754 rounds correctly
 * - `elementary`: exponential, logarithm and their kin, where implementations differ
 * - `accumulation`: sums and products of many; the scale is the sum of absolute values
 * - `composed`: a handful of the above, as gradients and optimizer updates are
 * - `training`: many steps of training
 */
export type ToleranceClass = "exact" | "arithmetic" | "elementary" | "accumulation" | "composed" | "training";

export type Tolerances = { readonly [K in ToleranceClass]: Tolerance };

export const defaultTolerances: Tolerances = {
  exact: { absolute: 0, relative: 0 },
  // One unit in the last place.
  // A backend may flush to zero what is smaller than a normal f32.
  arithmetic: { absolute: SMALLEST_NORMAL_FLOAT32, relative: 2 ** -23 },
  elementary: { absolute: 1e-6, relative: 1e-5 },
  accumulation: { absolute: SMALLEST_NORMAL_FLOAT32, relative: 1e-5 },
  composed: { absolute: 1e-5, relative: 1e-4 },
  training: { absolute: 1e-4, relative: 1e-3 },
};

/** `bits`: the same bits, though any NaN equals any other. */
export type Closeness = Tolerance | "bits";

export function isClose(actual: number, expected: number, closeness: Closeness, scale: number): boolean {
  if (Object.is(actual, expected)) return true;
  if (closeness === "bits") return false;
  if (actual === expected) return true;
  if (!Number.isFinite(expected)) return false;
  return Math.abs(actual - expected) <= closeness.absolute + closeness.relative * Math.abs(scale);
}
