// A schedule that goes by the validation loss: the program multiplies its rate with a variable, which whoever trains sets
// after each epoch.

import { type Instance, isSchedule, lookUp, watchingSchedule } from "@netwright/definitions";
import type { Definitions } from "../../definitions.ts";

/** The variable that the learning rate is multiplied with; 1 at first. */
export const RATE_FACTOR = "rate_factor";

/** What a training writes into the state of its program after an epoch, and what decides that. */
export interface Watched {
  readonly schedule: Instance;
  /** The variables by name, after epochs that had these validation losses. */
  readonly control: (losses: readonly number[]) => ReadonlyMap<string, Float32Array>;
}

/** Of the learning rate of an optimizer, also where another schedule is around it; null for one that does not watch. */
export function watchedRate(
  { args: { learning_rate: rate } }: Pick<Instance, "args">,
  { schedule: known }: Pick<Definitions, "schedule">,
): Watched | null {
  const schedule = isSchedule(rate) ? watchingSchedule({ args: { rate } }, known) : null;
  if (schedule === null) return null;
  const { factor } = lookUp(known, schedule.name);
  if (factor === null) throw new Error(`the schedule ${schedule.name} does not watch`);
  const control = (losses: readonly number[]) =>
    new Map([[RATE_FACTOR, Float32Array.of(factor(losses, schedule.args))]]);
  return { schedule, control };
}
