// What can be wrong with the windows of a table: none fits, or there is no column that says when.

import { count, grouped, listed, quote } from "@netwright/definitions";
import { type DataProblem, error, warning } from "../problem/problem.ts";
import { findColumn, type Table } from "../table/table.ts";
import type { SavedWindow } from "./window-plan.ts";

/** No window fits into the rows of a split; `what` says which: "test rows". */
export function noWindow(
  what: string,
  { length, horizon }: Pick<SavedWindow, "length" | "horizon">,
  longest: number,
  step: string | null,
): DataProblem {
  const message = `No window fits into the ${what}: ${count(length, "row")} and the target ${count(horizon, "row")} behind them are ${grouped(length + horizon)} that follow one another, and there ${longest === 1 ? "is" : "are"} ${grouped(longest)} at most.`;
  const apart = step === null ? [] : [`Rows follow one another where they are ${step} apart in time.`];
  const notes = [
    "No window crosses a series, a gap in time, a row that is left out, or the border of a split.",
    ...apart,
    "Ask for a smaller `length`, give the split a larger share, or fill the gaps in; with `border: open` windows may begin in an earlier split.",
    ...(step === null
      ? []
      : ["Say `spacing: rows` where a gap in time means nothing, as with days of trade."]),
  ];
  return error("NW0695", message, { notes, setting: "window" });
}

/** Rows to predict, or to evaluate on, in which none fits. */
export function tooFewRows(table: Table, needed: number, longest: number, what: string): DataProblem {
  const message = `${quote(table.name)} has no window that the model could ${what}: it takes ${count(needed, "row")} that follow one another, and there ${longest === 1 ? "is" : "are"} ${grouped(longest)} at most.`;
  const notes = [
    "Add the rows before them: a window has all of its rows, one step apart in time and of one series.",
  ];
  return error("NW0698", message, { notes });
}

/** Most rows are given to the network in no window. */
export function fewInWindows(rows: number, inWindows: number, step: string | null): DataProblem[] {
  if (2 * inWindows >= rows) return [];
  const message = `Only ${grouped(inWindows)} of ${count(rows, "row")} are in a window: the others have a gap in time or the border of a split too near.`;
  const notes = [
    ...(step === null ? [] : [`Rows follow one another where they are ${step} apart in time.`]),
    "Ask for a smaller `length`, fill the gaps in, or say `spacing: rows` where a gap means nothing.",
  ];
  return [warning("NW0699", message, { notes, setting: "window" })];
}

/** The columns that the windows of a model go by, which new rows lack. */
export function lackingColumns(table: Table, { order, by }: SavedWindow): DataProblem[] {
  const lacks = [order, ...by].filter((name) => findColumn(table, name) === undefined);
  if (lacks.length === 0) return [];
  const message = `${quote(table.name)} has no column ${listed(lacks.map(quote))}, by which the windows of the model go.`;
  const notes = ["They say when each row was, and which series it is of."];
  const [only] = lacks;
  return [error("NW0650", message, { notes, ...(lacks.length === 1 ? { column: only } : {}) })];
}
