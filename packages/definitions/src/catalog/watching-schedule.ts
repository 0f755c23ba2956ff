// The schedule of a training that goes by the validation loss.

import type { Argument, Instance } from "./argument.ts";
import type { ScheduleDefinition } from "./catalog.ts";

/** Among arguments, and those of schedules among them; null where none does. */
export function watchingSchedule(
  { args }: Pick<Instance, "args">,
  known: ReadonlyMap<string, Pick<ScheduleDefinition, "factor">>,
): Instance | null {
  for (const value of Object.values(args)) {
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
