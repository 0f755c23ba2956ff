// A setting that is another one for each member of an ensemble: a schedule of its own name around what each has.

import type { Argument, Instance } from "./argument.ts";
import { isSchedule } from "./watching-schedule.ts";

/** The schedule that has a number, or another schedule, for each member. */
export const BY_MEMBER = "by_member";

export type Setting = number | Instance;

export function byMember(values: readonly Setting[], span: Instance["span"]): Instance {
  return { family: "schedule", name: BY_MEMBER, args: { values }, span };
}

/** What each member has; null for a setting that is one for all. */
export function valuesByMember(setting: Argument | undefined): readonly Setting[] | null {
  if (!isSchedule(setting) || setting.name !== BY_MEMBER) return null;
  const { values } = setting.args;
  return Array.isArray(values) ? values.filter(isSetting) : [];
}

export function isSetting(value: Argument | undefined): value is Setting {
  return typeof value === "number" || isSchedule(value);
}
