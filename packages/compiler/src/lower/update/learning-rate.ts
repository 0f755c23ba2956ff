// The learning rate of a step: a number, or what a schedule gives at this step; times a factor that is set from
// outside between steps, where there is one.

import { type Argument, type Instance, lookUp } from "@netwright/definitions";
import type { Builder, Value } from "@netwright/ir";
import type { Clock } from "../../schedules/schedule.ts";
import { schedules } from "../../schedules/table.ts";

/** An f32 scalar. A number stays a constant, which backends fold into the update. */
export function learningRate(
  b: Builder,
  { name, args: { learning_rate: setting } }: Instance,
  clock: Clock,
  factor: Value | undefined,
): Value {
  const rate = typeof setting === "number" ? b.scalar(setting) : scheduled(b, setting, clock, name);
  return factor === undefined ? rate : b.multiply(rate, factor);
}

function scheduled(b: Builder, setting: Argument | undefined, clock: Clock, optimizer: string): Value {
  if (typeof setting !== "object" || setting === null || !("family" in setting))
    throw new Error(`the learning rate of ${optimizer} is neither a number nor a schedule`);
  return lookUp(schedules, setting.name).at(b, clock, setting.args);
}
