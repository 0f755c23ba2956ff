// The learning rate of a step: a number, or what a schedule gives at this step; times a factor that is set from
// outside between steps, where there is one.

import { type Instance, isSchedule } from "@netwright/definitions";
import type { Builder, Value } from "@netwright/ir";
import type { Clock } from "../../schedules/schedule.ts";
import { asMany } from "./by-member.ts";

/** An f32 scalar, or one number for each member of an ensemble. A number stays a constant, which backends fold into the update. */
export function learningRate(
  b: Builder,
  { args: { learning_rate: setting }, name }: Instance,
  clock: Clock,
  factor: Value | undefined,
): Value {
  if (typeof setting !== "number" && !isSchedule(setting))
    throw new Error(`the learning rate of ${name} is neither a number nor a schedule`);
  const rate = clock.rateOf(b, setting, clock);
  return factor === undefined ? rate : b.multiply(rate, asMany(b, factor, rate));
}
