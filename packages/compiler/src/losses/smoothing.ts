// Smoothing of targets that are classes or labels: a number, or a schedule while training. Validation and test are
// evaluated without one that changes, so that their losses compare from epoch to epoch.

import { type Instance, type Param, scheduled } from "@netwright/definitions";
import type { Builder, Value } from "@netwright/ir";
import type { Now } from "../schedules/schedule.ts";

/** A number, or an f32 scalar. */
export type Share = number | Value;

export function smoothingParam(doc: string): Param<number | Instance> {
  return scheduled({
    doc: `${doc}: a number, or a schedule for training alone.`,
    default: 0,
    min: 0,
    below: 1,
  });
}

/** Without `now` there is no training. */
export function smoothingAt(smoothing: number | Instance, now: Now | undefined): Share {
  if (typeof smoothing === "number") return smoothing;
  return now === undefined ? 0 : now(smoothing);
}

/** 1 - share. */
export function rest(b: Builder, share: Share): Share {
  return typeof share === "number" ? 1 - share : b.subtract(b.scalar(1), share);
}

export function dividedBy(b: Builder, share: Share, count: number): Share {
  return typeof share === "number" ? share / count : b.divide(share, b.scalar(count));
}

/** In the shape of `x`. */
export function spreadAs(b: Builder, x: Value, share: Share): Value {
  return typeof share === "number" ? b.like(x, share) : b.spread(share, x.type.shape);
}
