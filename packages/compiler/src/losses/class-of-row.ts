// What losses of one class among several have in common: the classes of rows are numbers, logits [rows x classes].

import type { Builder, Value } from "@netwright/ir";

export interface LogShares {
  /** Logits less the largest of their row, so that nothing overflows. */
  readonly shifted: Value;
  /** log of the sum of their exponentials, [rows]: the log of a share is `shifted` less this. */
  readonly total: Value;
}

export function logShares(b: Builder, x: Value): LogShares {
  const shifted = b.subtract(x, b.broadcastInDim(largestOf(b, x), x.type.shape, [0]));
  return { shifted, total: b.log(b.sum(b.exponential(shifted), [1])) };
}

/** Of numbers for each class, [rows x classes], that of the class of the row, [rows]. */
export function ofClass(b: Builder, x: Value, target: Value): Value {
  const labels = b.broadcastInDim(target, x.type.shape, [0]);
  const isClass = b.compare(labels, "EQ", b.iota(labels.type, 1));
  return b.sum(b.select(isClass, x, b.like(x, 0)), [1]);
}

/** The loss of rows whose class there is; a class that there is not must not look like one that costs nothing. */
export function ofKnownClasses(b: Builder, loss: Value, target: Value, classes: number): Value {
  const known = b.binary(
    "and",
    b.compare(target, "GE", b.like(target, 0)),
    b.compare(target, "LT", b.like(target, classes)),
  );
  return b.select(known, loss, b.like(loss, Number.NaN));
}

/** Subtracted only so that nothing overflows; the loss does not depend on it, and so no gradient flows through. */
export function largestOf(b: Builder, x: Value): Value {
  return b.stopGradient(b.reduce(x, "max", [1]));
}
