// Whether targets that a loss takes for counts are such.

import { float64At } from "@netwright/definitions";
import type { DataProblem } from "../problem/problem.ts";
import type { Table } from "../table/table.ts";
import type { RuledColumn } from "./check-columns.ts";
import { columnProblem, placeOf } from "./column-problem.ts";
import { hits } from "./hits.ts";

/** Numbers with a fraction. What is below 0 is outside of the bounds of a count, and found there. */
export function notWhole(table: Table, targets: readonly RuledColumn[], rows: Int32Array): DataProblem[] {
  return targets.flatMap(({ rule, column }) => {
    if (column.kind !== "number") return [];
    const { values } = column;
    const isFraction = (x: number) => Number.isFinite(x) && !Number.isInteger(x);
    const found = hits(
      table,
      rows.filter((row) => isFraction(float64At(values, row))),
    );
    if (found === null) return [];
    const message = `${placeOf(table, found.first, rule)} is ${float64At(values, found.first)}, and a count is a whole number.`;
    const advice = "Choose a loss for numbers, as `mse`, if it is no count.";
    return [columnProblem("NW0663", message, table, found.first, rule, [...found.notes, advice])];
  });
}
