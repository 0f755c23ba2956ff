// A suggested learning rate as a file has it: a number, or the schedule of the file with that as its rate.

import { type Argument, type Instance, lookUp } from "@netwright/definitions";
import type { FullCatalog } from "../catalog/catalog.ts";
import { spellTyped } from "../resolved/spell.ts";

/** The parameters by which schedules call the rate that their others are shares of; the later ones count where they are given. */
const RATES = ["initial_learning_rate", "max_learning_rate", "learning_rate", "warmup_target"];

/** Three digits: `0.0792`, `1.59e-3`. */
export function rateText(rate: number): string {
  const short = Number(rate.toPrecision(3));
  return short >= 0.01 ? String(short) : short.toExponential();
}

/** Null for a schedule that has no one rate, as `piecewise_constant` has none. Other arguments are written where they are no defaults. */
export function advisedRate(stated: Argument | undefined, rate: number, known: FullCatalog): string | null {
  if (!isSchedule(stated)) return rateText(rate);
  const { args, name } = stated;
  const key = RATES.findLast((one) => typeof args[one] === "number" || isSchedule(args[one]));
  if (key === undefined) return null;
  const inner = advisedRate(args[key], rate, known);
  if (inner === null) return null;
  const { params } = lookUp(known.compiler.schedule, name);
  const written = Object.entries(params).flatMap(([param, { type, default: usual }], i): string[] => {
    const value = args[param];
    if (value === undefined || value === usual) return [];
    const spelled = param === key ? inner : spellTyped(type, value, known);
    return [i === 0 ? spelled : `${param}: ${spelled}`];
  });
  return `${name}(${written.join(", ")})`;
}

function isSchedule(value: Argument | undefined): value is Instance {
  return typeof value === "object" && value !== null && "family" in value && value.family === "schedule";
}
