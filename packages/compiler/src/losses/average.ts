// Members of an ensemble brought together: what one network would give whose prediction is the mean of theirs. Values of
// the members are [rows x members x width], those of the one network [rows x width].

import type { Args } from "@netwright/definitions";
import { type Builder, sizeOf, type Value } from "@netwright/ir";
import { softplusOf } from "../activations/softplus.ts";
import { logShares } from "./class-of-row.ts";

/** What each member counts in the mean, [members], 0 for one that does not: of 1 in all. Null where all count alike. */
export type MemberShares = Value | null;

/** Where a prediction is what the network gives. */
export function meanOfMembers(b: Builder, x: Value, shares: MemberShares): Value {
  if (shares !== null) return b.sum(ofCounted(b, x, shares, b.multiply(x, forMembers(b, shares, x)), 0), [1]);
  const sum = b.sum(x, [1]);
  return b.divide(sum, b.like(sum, x.type.shape[1] ?? 1));
}

/** Where it is the exponential of that: log(mean(exp(x))), by the largest, so that nothing overflows or is lost. */
export function logOfMean(b: Builder, x: Value, shares: MemberShares): Value {
  const { shape } = x.type;
  const counted = shares === null ? x : ofCounted(b, x, shares, x, Number.NEGATIVE_INFINITY);
  const largest = b.reduce(counted, "max", [1]);
  const shifted = b.subtract(counted, b.broadcastInDim(largest, shape, [0, 2]));
  return b.add(largest, b.log(meanOfMembers(b, b.exponential(shifted), shares)));
}

function forMembers(b: Builder, shares: Value, x: Value): Value {
  return b.broadcastInDim(shares, x.type.shape, [1]);
}

/** `value`, and `other` of members that do not count, whatever they give. */
function ofCounted(b: Builder, x: Value, shares: Value, value: Value, other: number): Value {
  const counts = b.compare(forMembers(b, shares, x), "GT", b.like(x, 0));
  return b.select(counts, value, b.like(x, other));
}

/** Where it is the softmax of that: logarithms of mean shares. */
export function logsOfMeanShares(b: Builder, x: Value, _: Args, shares: MemberShares): Value {
  const rows = ofAllMembers(b, x);
  const { shifted, total } = logShares(b, rows);
  const logs = b.subtract(shifted, b.broadcastInDim(total, rows.type.shape, [0]));
  return logOfMean(b, b.reshape(logs, x.type.shape), shares);
}

/** Where it is the sigmoid of that: log p - log(1 - p) of the mean p, each from its own side. */
export function logitOfMean(b: Builder, x: Value, _: Args, shares: MemberShares): Value {
  const logOf = (logit: Value) => logOfMean(b, b.negate(softplusOf(b, b.negate(logit))), shares);
  return b.subtract(logOf(x), logOf(b.negate(x)));
}

/** Each member of a row as a row of its own, [rows * members x width]. */
export function ofAllMembers(b: Builder, x: Value): Value {
  const [rows = 0, members = 1, ...width] = x.type.shape;
  return b.reshape(x, [rows * members, sizeOf(width)]);
}

/** What belongs to a row, [rows x ...], once for each of its members, as `ofAllMembers` has them. */
export function forAllMembers(b: Builder, x: Value, members: number): Value {
  const [rows = 0, ...sizes] = x.type.shape;
  const all = b.broadcastInDim(x, [rows, members, ...sizes], [0, ...sizes.map((_, d) => d + 2)]);
  return b.reshape(all, [rows * members, ...sizes]);
}
