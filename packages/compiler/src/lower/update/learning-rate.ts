// The learning rate of a step: a number, or what a schedule gives at this step; times a factor that is set from
// outside between steps, where there is one.

import { type Argument, type ByName, type Instance, lookUp } from "@netwright/definitions";
import type { Builder, Value } from "@netwright/ir";
import type { Definitions } from "../../definitions.ts";
import type { Clock, Schedule } from "../../schedules/schedule.ts";

/** An f32 scalar. A number stays a constant, which backends fold into the update. */
export function learningRate(
  b: Builder,
  { schedule }: Pick<Definitions, "schedule">,
  { name, args: { learning_rate: setting } }: Instance,
  clock: Clock,
  factor: Value | undefined,
): Value {
  const rate =
    typeof setting === "number" ? b.scalar(setting) : scheduleOf(schedule, setting, name)(b, clock);
  return factor === undefined ? rate : b.multiply(rate, factor);
}

function scheduleOf(known: ByName<Schedule>, setting: Argument | undefined, optimizer: string) {
  if (typeof setting !== "object" || setting === null || !("family" in setting))
    throw new Error(`the learning rate of ${optimizer} is neither a number nor a schedule`);
  return (b: Builder, clock: Clock): Value => lookUp(known, setting.name).at(b, clock, setting.args);
}
