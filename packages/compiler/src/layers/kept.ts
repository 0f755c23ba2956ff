// What numbers are multiplied with where some of them are dropped by chance, inside of a layer.

import type { Value } from "@netwright/ir";
import type { LayerContext } from "./layer.ts";

/** 0 for a share of the numbers, and what makes up for it for the others; null where none are dropped. */
export function kept(
  { b, drops, uniform }: Pick<LayerContext, "b" | "drops" | "uniform">,
  rate: number,
  shape: readonly number[],
): Value | null {
  if (!drops || rate === 0) return null;
  const drawn = uniform(shape);
  const keep = b.compare(drawn, "GE", b.like(drawn, rate));
  return b.select(keep, b.like(drawn, 1 / (1 - rate)), b.like(drawn, 0));
}
