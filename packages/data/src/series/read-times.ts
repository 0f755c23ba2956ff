// When each row of a table was, as numbers: those of a column of numbers, or of dates the seconds since 1970.

import { quote } from "@netwright/definitions";
import { hits } from "../check/hits.ts";
import { saysText } from "../check/says.ts";
import { dateReading } from "../columns/date.ts";
import { daysInMonth } from "../dates/civil.ts";
import { orderIn } from "../dates/read-date.ts";
import { type DataProblem, error } from "../problem/problem.ts";
import { readCells } from "../reading/read-cells.ts";
import { areCodes } from "../table/codes.ts";
import { numbersOf } from "../table/column-from-cells.ts";
import { type Column, type NumberColumn, rowPhrase, rowPlace, type Table, wordAt } from "../table/table.ts";
import { wordColumn } from "../table/word-column.ts";
import type { TimeKind } from "./window-plan.ts";

/** Of a column in training; `isDate` where it is described as one, with the order of day and month where that is stated. */
export function timeKindOf(column: Column, table: Table, described: TimeKind | null): TimeKind {
  if (described !== null && described !== "number") {
    return { format: described.format ?? orderIn(wordColumn(column, table.numbers).words) };
  }
  if (column.kind === "number") return areDays(column) ? { format: null } : "number";
  if (areCodes(column.words, table.numbers)) return "number";
  return { format: orderIn(column.words) };
}

/**
 * Whether all numbers are days as `20240531`: counted as numbers, the first of June would be 70 behind. Of numbers that count something
 * else one at least is no day of the calendar, or all are within a month, where it makes no difference.
 */
function areDays({ values, missing }: NumberColumn): boolean {
  return values.every((value, row) => missing[row] === 1 || isDay(value)) && values.length > 0;
}

const [FIRST_YEAR, LAST_YEAR] = [1600, 2399];

function isDay(value: number): boolean {
  const [year, month, day] = [
    Math.floor(value / 10_000),
    Math.floor(value / 100) % 100,
    Math.floor(value) % 100,
  ];
  return (
    Number.isInteger(value) &&
    year >= FIRST_YEAR &&
    year <= LAST_YEAR &&
    month >= 1 &&
    month <= 12 &&
    day >= 1 &&
    day <= daysInMonth(year, month)
  );
}

/** Of all rows; a row without a time, or with what is none, is a problem. */
export function readTimes(
  table: Table,
  column: Column,
  kind: TimeKind,
): { readonly times: Float64Array } | { readonly problem: DataProblem } {
  const place = (row: number) =>
    `In ${rowPhrase(table, row)} of ${quote(table.name)}, column ${quote(column.name)}`;
  const problem = (
    code: "NW0631" | "NW0694",
    rows: ArrayLike<number>,
    says: string,
    notes: readonly string[],
  ) => {
    const found = hits(table, rows);
    if (found === null) throw new Error("a problem of no row");
    return {
      problem: error(code, `${place(found.first)} ${says}.`, {
        notes: [...found.notes, ...notes],
        column: column.name,
        ...rowPlace(table, found.first),
      }),
    };
  };
  let read: NumberColumn;
  if (kind === "number") {
    const { column: numbers, textRows } =
      column.kind === "number" ? { column, textRows: [] } : numbersOf(column, table.numbers);
    const [first] = textRows;
    if (first !== undefined && column.kind === "text")
      return problem("NW0694", textRows, saysText(wordAt(column, first)), [FORMS]);
    read = numbers;
  } else {
    const reading = dateReading({ format: kind.format });
    if (reading === null) throw new Error("a format of dates that there is not");
    const { column: dates, unread } = readCells(column, table.numbers, reading);
    const [first] = unread;
    if (first !== undefined)
      return problem("NW0694", first.rows, first.problem.says, [...first.problem.notes, FORMS]);
    read = dates;
  }
  const { values, missing, gaps } = read;
  if (gaps > 0) {
    const rows = [...missing.keys()].filter((row) => missing[row] === 1);
    return problem("NW0631", rows, "has no value, and a row without one has no place in its series", [
      "Fill it in, or leave the row out.",
    ]);
  }
  return { times: values };
}

const FORMS =
  "`order` of `window` is a column of numbers, or of dates; `columns` may say how these are written, `date(format: day_month_year)`.";
