// The schedule of a training that goes by the validation loss.

import type { Argument, Catalog, Instance } from "@netwright/definitions";

/** Also inside of another one; null where none does. */
export function watchingSchedule(
  { args }: Pick<Instance, "args">,
  catalog: Pick<Catalog, "definitions">,
): Instance | null {
  for (const value of Object.values(args)) {
    if (!isSchedule(value)) continue;
    if (catalog.definitions.schedule.get(value.name)?.watches === true) return value;
    const inside = watchingSchedule(value, catalog);
    if (inside !== null) return inside;
  }
  return null;
}

function isSchedule(value: Argument): value is Instance {
  return typeof value === "object" && value !== null && "family" in value && value.family === "schedule";
}
