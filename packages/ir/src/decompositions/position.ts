// Where a window of a tensor begins, known only when the program runs: found by halving. With room for R + 1 places,
// each step decides between two halves that overlap where R + 1 is odd, so that the number of operations grows with the
// logarithm of the room, and every element is moved and selected, never computed.

import type { Builder } from "../core/builder.ts";
import type { Value } from "../core/program.ts";

/** One decision along a dimension. */
export interface Halving {
  readonly dimension: number;
  /** Elements skipped if `isFar`. */
  readonly by: number;
  /** pred, a scalar. */
  readonly isFar: Value;
}

/** `start` within 0 and `room`, both included. */
export function clampedStart(b: Builder, start: Value, room: number): Value {
  return b.minimum(b.maximum(start, b.like(start, 0)), b.like(start, room));
}

/** The decisions that lead to `start`, which lies within 0 and `room`; those that skip most come first. */
export function halvings(b: Builder, dimension: number, start: Value, room: number): readonly Halving[] {
  const steps: Halving[] = [];
  let rest = start;
  let left = room;
  while (left > 0) {
    const by = Math.ceil(left / 2);
    const isFar = b.compare(rest, "GE", b.like(rest, by));
    steps.push({ dimension, by, isFar });
    rest = b.select(isFar, b.subtract(rest, b.like(rest, by)), rest);
    left -= by;
  }
  return steps;
}

/** Leaves of x the part that the decision is for: `by` elements fewer. */
export function towards(b: Builder, x: Value, { dimension, by, isFar }: Halving): Value {
  const { shape } = x.type;
  const start = shape.map((_, d) => (d === dimension ? by : 0));
  const limit = shape.map((size, d) => (d === dimension ? size - by : size));
  const far = b.slice(x, start, shape);
  return b.select(
    b.spread(isFar, far.type.shape),
    far,
    b.slice(
      x,
      start.map(() => 0),
      limit,
    ),
  );
}

/** The opposite: x where the decision has put it, zeros around it. */
export function backFrom(b: Builder, x: Value, { dimension, by, isFar }: Halving): Value {
  const zero = b.scalar(0, x.type.dtype);
  const none = x.type.shape.map(() => 0);
  const some = none.map((_, d) => (d === dimension ? by : 0));
  const far = b.pad(x, zero, some, none);
  return b.select(b.spread(isFar, far.type.shape), far, b.pad(x, zero, none, some));
}
