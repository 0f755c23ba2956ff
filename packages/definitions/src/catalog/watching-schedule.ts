// What is known of a schedule before training: whether it goes by the validation loss, and what its numbers lie between.

import type { Argument, Instance } from "./argument.ts";
import type { ScheduleDefinition } from "./catalog.ts";
import { anyNumber, type Interval } from "./interval.ts";

/** Among arguments, and those of schedules among them; null where none does. */
export function watchingSchedule(
  { args }: Pick<Instance, "args">,
  known: ReadonlyMap<string, Pick<ScheduleDefinition, "factor">>,
): Instance | null {
  for (const value of Object.values(args).flat()) {
    if (!isSchedule(value)) continue;
    if ((known.get(value.name)?.factor ?? null) !== null) return value;
    const inside = watchingSchedule(value, known);
    if (inside !== null) return inside;
  }
  return null;
}

export function isSchedule(value: Argument | undefined): value is Instance {
  return typeof value === "object" && value !== null && "family" in value && value.family === "schedule";
}

/** Any number for one that is unknown. */
export function rangeOfSchedule(
  setting: number | Instance,
  known: ReadonlyMap<string, Pick<ScheduleDefinition, "range">>,
): Interval {
  if (typeof setting === "number") return { min: setting, max: setting };
  return known.get(setting.name)?.range(setting.args, (inner) => rangeOfSchedule(inner, known)) ?? anyNumber;
}
