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

/** A part of a schedule that is meant to come to its end. */
export interface Stage {
  /** "the rise": goes on as in "the rise of the learning rate takes ...". */
  readonly what: string;
  /** Updates from the start of the training to its end. */
  readonly updates: number;
}

export interface Schedule extends Documented {
  /** The learning rate, an f32 scalar. */
  readonly at: (b: Builder, clock: Clock, args: Args) => Value;
  /** What a training that is too short would not see to its end, in order of time; nothing where it is made for all of it. */
  readonly stages: (args: Args) => readonly Stage[];
}

export const defineSchedule = definer<Schedule, "stages">({ stages: () => [] });
