// Which row of a series each window predicts: one that the table has, or one behind its end.

import { count, float64At, int32At } from "@netwright/definitions";
import { spellDate } from "../dates/spell-date.ts";
import { type Column, findColumn, type Table, wordAt } from "../table/table.ts";
import { rowAfter, type Series, timesBefore } from "./series.ts";
import { type Step, stepsBehind } from "./step.ts";
import type { SavedWindow } from "./window-plan.ts";
import type { Windows } from "./windows.ts";

export interface PredictedRow {
  /** The cells of the columns that tell series apart, in their order, as the table has them. */
  readonly series: readonly (string | number)[];
  /** When it is: as the table has it, or behind its end as it would be written there. */
  readonly time: string | number;
}

/** Of so many months one says which day of them is meant. */
const A_YEAR = 12;

/** `windows` are those whose last row is their target. */
export function predictedRows(
  table: Table,
  series: Series,
  { places }: Windows,
  { order, by, horizon, step, time }: SavedWindow,
): readonly PredictedRow[] {
  const when = columnOf(table, order);
  const columns = by.map((name) => columnOf(table, name));
  return Array.from(places, (place): PredictedRow => {
    const last = int32At(series.order, place);
    const row = rowAfter(series, place, horizon, step);
    const behind = () =>
      timeBehind(
        { cell: cellOf(when, last), past: timesBefore(series, place, A_YEAR) },
        horizon,
        step,
        time !== "number",
      );
    return {
      series: columns.map((column) => cellOf(column, last)),
      time: row < 0 ? behind() : cellOf(when, row),
    };
  });
}

function columnOf(table: Table, name: string): Column {
  const column = findColumn(table, name);
  if (column === undefined) throw new Error(`no column ${name}`);
  return column;
}

function cellOf(column: Column, row: number): string | number {
  return column.kind === "number" ? float64At(column.values, row) : wordAt(column, row);
}

function timeBehind(
  { cell, past }: { readonly cell: string | number; readonly past: readonly number[] },
  horizon: number,
  step: Step | null,
  areDates: boolean,
): string | number {
  if (step === null) return `${count(horizon, "row")} behind ${cell}`;
  const time = stepsBehind(step, past, horizon);
  // Numbers that the table has as text are codes, as `0080`, and those behind its end are as long.
  if (!areDates) return typeof cell === "string" ? String(time).padStart(cell.length, "0") : time;
  const spelled = spelledLike(String(cell), time);
  return typeof cell === "number" && DIGITS.test(spelled) ? Number(spelled) : spelled;
}

const DIGITS = /^\d{8}$/;

const WITH_CLOCK = /^\d{4}-\d{2}-\d{2}([T ])(\d{2}:\d{2}(?::\d{2})?)$/;

/** As ISO 8601 has it, without its signs, or with the blank and without the seconds, where the cell is written so. */
function spelledLike(cell: string, seconds: number): string {
  const iso = spellDate(seconds);
  if (DIGITS.test(cell) && /^\d{4}-\d\d-\d\d$/.test(iso)) return iso.replaceAll("-", "");
  const [, between, clock] = WITH_CLOCK.exec(cell) ?? [];
  if (between === undefined || clock === undefined) return iso;
  const [date = "", time = "00:00:00"] = iso.split("T");
  const rest = time.slice(clock.length);
  return rest === "" || rest === ":00" ? `${date}${between}${time.slice(0, clock.length)}` : iso;
}
