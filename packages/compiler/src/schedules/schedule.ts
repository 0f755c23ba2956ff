// What a schedule is: the learning rate of every step, in operations of the IR, so with the same bits on every backend.

import { type Args, type Documented, definer } from "@netwright/definitions";
import type { Builder, Value } from "@netwright/ir";

/** Where a training stands. It counts updates of the weights, which may each have taken several batches. */
export interface Clock {
  /** Updates that were done before this one, an f32 scalar. */
  readonly step: Value;
  /** Updates in one epoch. */
  readonly perEpoch: () => number;
  /** Updates in all epochs that are planned. */
  readonly total: () => number;
}

export interface Schedule extends Documented {
  /** The learning rate, an f32 scalar. */
  readonly at: (b: Builder, clock: Clock, args: Args) => Value;
}

export const defineSchedule = definer<Schedule>({});
