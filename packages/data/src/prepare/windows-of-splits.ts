// The windows of each split: all rows of one, its target and those between are rows of that split.

import { type SplitName, splitNames } from "@netwright/definitions";
import type { DataDefinitions } from "../definitions.ts";
import type { WindowsOfRows } from "../encode/split-data.ts";
import type { DataProblem } from "../problem/problem.ts";
import { learnSeries, type SeriesResult } from "../series/series.ts";
import { stepPhrase } from "../series/step.ts";
import type { SavedWindow, TimeKind } from "../series/window-plan.ts";
import { fewInWindows, noWindow } from "../series/window-problems.ts";
import { windowsIn } from "../series/windows.ts";
import type { RowSplits } from "../split/split-rows.ts";
import type { Table } from "../table/table.ts";
import { ownType } from "./asked.ts";
import type { DataPlan } from "./plan.ts";

interface Found {
  readonly window: SavedWindow;
  readonly of: (name: SplitName) => WindowsOfRows;
}

/** The series of a table; null of a plan without a window. */
export function plannedSeries(
  table: Table,
  plan: DataPlan,
  definitions: DataDefinitions,
): SeriesResult | null {
  return plan.window == null ? null : learnSeries(table, plan.window, describedTime(plan, definitions));
}

/** The plan has a window. */
export function windowsOfSplits(
  table: Table,
  plan: DataPlan,
  splits: RowSplits,
  { series, window }: Exclude<SeriesResult, { readonly problems: readonly DataProblem[] }>,
): { readonly found: Found; readonly problems: readonly DataProblem[] } {
  if (plan.window == null) throw new Error("a plan without a window");
  const { length, horizon, step } = window;
  const apart = step === null ? null : stepPhrase(step, window.time !== "number");
  const { border } = plan.window;
  const windowsFor = (name: SplitName) => {
    const rows = border === "closed" ? splits[name] : upToSplit(splits, name);
    return windowsIn(series, rows, { length, ahead: horizon, targets: splits[name] });
  };
  const all = {
    train: windowsFor("train"),
    validation: windowsFor("validation"),
    test: windowsFor("test"),
  };
  const problems = splitNames.flatMap((name) => {
    const { targets, longest } = all[name];
    if (splits[name].length === 0 || targets.length > 0) return [];
    return [noWindow(name === "train" ? "training rows" : `${name} rows`, window, longest, apart)];
  });
  const rows = splitNames.reduce((total, name) => total + splits[name].length, 0);
  // With open borders a row may be in windows of several splits.
  const lies = new Uint8Array(table.rows);
  for (const name of splitNames) for (const row of all[name].lying) lies[row] = 1;
  const inWindows = lies.reduce((sum, one) => sum + one, 0);
  if (problems.length === 0) problems.push(...fewInWindows(rows, inWindows, apart));
  return { found: { window, of: (name) => ({ series, window, windows: all[name] }) }, problems };
}

/** With those of earlier splits, which are known when a row of this one is predicted. */
function upToSplit(splits: RowSplits, name: SplitName): Int32Array {
  const names = splitNames.slice(0, splitNames.indexOf(name) + 1);
  return Int32Array.from(names.flatMap((one) => [...splits[one]]));
}

/** How `columns` describes the column of times, where it does. */
function describedTime(plan: DataPlan, definitions: DataDefinitions): TimeKind | null {
  const own =
    plan.window == null ? undefined : ownType(plan.window.order, { plan, definitions, images: new Map() });
  if (own === undefined || own.type.takes !== "number") return null;
  if (own.type.name !== "date") return "number";
  const { format } = own.args;
  return { format: format === "day_month_year" || format === "month_day_year" ? format : null };
}
