// Attention itself: what each query takes of the values, by how well it fits their keys.

import { BEYOND_ALL } from "@netwright/definitions";
import type { Value } from "@netwright/ir";
import { softmax } from "../activations/softmax.ts";
import { kept } from "./kept.ts";
import type { LayerContext } from "./layer.ts";

/** [rows, steps, heads, numbers] each; keys and values have the same steps, queries and keys the same numbers. */
export interface Heads {
  readonly query: Value;
  readonly key: Value;
  readonly value: Value;
}

/** What a layer shows of how much each query takes of each value: [rows, heads, steps of the queries, of the keys]. */
export const ATTENTION = "attention";

/**
 * softmax(query key / sqrt(numbers)) value for each head: [rows, heads, steps of the queries, numbers of the values]. `allowed` says
 * which keys a query sees, of the shape that it is called with, [rows, heads, steps of the queries, of the keys]; null for all.
 */
export function attend(
  context: Pick<LayerContext, "b" | "drops" | "uniform" | "show">,
  { query, key, value }: Heads,
  dropout: number,
  allowed: (shape: readonly number[]) => Value | null,
): Value {
  const { b } = context;
  const scaled = b.multiply(query, b.like(query, 1 / Math.sqrt(query.type.shape[3] ?? 1)));
  const scores = b.dotGeneral(scaled, key, {
    lhsBatching: [0, 2],
    rhsBatching: [0, 2],
    lhsContracting: [3],
    rhsContracting: [3],
  });
  const weights = maskedSoftmax(context, scores, allowed(scores.type.shape));
  context.show(ATTENTION, weights);
  const keep = kept(context, dropout, scores.type.shape);
  return b.dotGeneral(keep === null ? weights : b.multiply(weights, keep), value, {
    lhsBatching: [0, 1],
    rhsBatching: [0, 2],
    lhsContracting: [3],
    rhsContracting: [1],
  });
}

/** Its exponential is 0 beside any score. */
const LOWEST = -BEYOND_ALL;

/** The softmax over the last size of those that are allowed; all others are 0, also where none is allowed. As in Keras, `Softmax`. */
export function maskedSoftmax({ b }: Pick<LayerContext, "b">, scores: Value, allowed: Value | null): Value {
  if (allowed === null) return softmax.build(b, scores, {});
  const shares = softmax.build(b, b.select(allowed, scores, b.like(scores, LOWEST)), {});
  return b.select(allowed, shares, b.like(shares, 0));
}
