// What a schedule is: a number for every step, most often the learning rate, in operations of the IR, so with the same bits
// on every backend.

import {
  type Args,
  anyNumber,
  type Documented,
  definer,
  type Instance,
  type Interval,
  type ScheduleDefinition,
} from "@netwright/definitions";
import type { Builder, Value } from "@netwright/ir";

/** Where a training stands. It counts updates of the weights, which may each have taken several batches. */
export interface Clock {
  /** Updates that were done before this one, an f32 scalar. */
  readonly step: Value;
  /** Updates in one epoch. */
  readonly perEpoch: () => number;
  /** Updates in all epochs that are planned. */
  readonly total: () => number;
  /** What a setting is at that time: a number, or a schedule inside of another, whose clock may begin later. */
  readonly rateOf: (b: Builder, setting: number | Instance, clock: Clock) => Value;
}

/** What a schedule gives in the step that is built, an f32 scalar; `by_member` a vector, [members]. */
export type Now = (schedule: Instance) => Value;

/** A part of a schedule that is meant to come to its end. */
export interface Stage {
  /** "the rise": goes on as in "the rise of the learning rate takes ...". */
  readonly what: string;
  /** Updates from the start of the training to its end. */
  readonly updates: number;
}

export interface Schedule extends Documented, Pick<ScheduleDefinition, "conflict" | "factor" | "range"> {
  /** The learning rate, or what it is in its place, an f32 scalar. */
  readonly at: (b: Builder, clock: Clock, args: Args) => Value;
  /** What a training that is too short would not see to its end, in order of time; nothing where it is made for all of it. */
  readonly stages: (args: Args) => readonly Stage[];
}

/** How much of the way is done, from 0 to 1: `step` of `steps`. */
export function progress(b: Builder, step: Value, steps: number): Value {
  return b.minimum(b.maximum(b.divide(step, b.scalar(steps)), b.scalar(0)), b.scalar(1));
}

/** (1 + cos(pi p)) / 2: from 1 to 0 where p goes from 0 to 1. */
export function halfWave(b: Builder, p: Value): Value {
  return b.add(b.multiply(b.cosine(b.multiply(p, b.scalar(Math.PI))), b.scalar(0.5)), b.scalar(0.5));
}

/** From nothing to a number, both included. */
export function upTo(max: number): Interval {
  return { min: 0, max };
}

/** One that does not say what its numbers lie between may stand for a learning rate alone. */
export const defineSchedule = definer<Schedule, "stages" | "conflict" | "factor" | "range">({
  factor: null,
  range: () => anyNumber,
  stages: () => [],
  conflict: () => null,
});
