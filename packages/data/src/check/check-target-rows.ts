// Whether the targets of a row are together what the loss is for: shares of a whole, or a direction.

import { float64At, listNames, quote, type TargetKind } from "@netwright/definitions";
import { type DataProblem, error } from "../problem/problem.ts";
import { rowPhrase, rowPlace, type Table } from "../table/table.ts";
import type { RuledColumn } from "./check-columns.ts";
import { hits } from "./hits.ts";

/** How far from 1 shares may be in sum: those of a table are often rounded to hundredths, which then sum to 0.99 or 1.01. */
export const ROUNDING = 0.01 + 1e-9;

interface RowRule {
  readonly code: "NW0668" | "NW0669";
  /** What is wrong with the numbers of a row, as a sentence goes on behind the names of the columns; null for nothing. */
  readonly wrong: (values: readonly number[]) => string | null;
  readonly notes: (values: readonly number[]) => readonly string[];
}

const RULES: { readonly [K in TargetKind]?: RowRule } = {
  distribution: {
    code: "NW0668",
    wrong: (values) => {
      const sum = sumOf(values);
      return Math.abs(sum - 1) <= ROUNDING
        ? null
        : `sum to ${shown(sum)}, and the shares of a whole sum to 1`;
    },
    notes: (values) => [
      Math.abs(sumOf(values) - 100) <= 100 * ROUNDING
        ? "They are percentages: divide them by 100."
        : "Divide each by the sum of its row, if they are parts of a whole, or choose a loss for numbers, as `mse`.",
    ],
  },
  direction: {
    code: "NW0669",
    wrong: (values) => (values.every((x) => x === 0) ? "are all 0, which is no direction" : null),
    notes: () => ["Leave such rows out, or choose a loss for numbers, as `mse`."],
  },
};

/** `targets` have their values as they are read. Rows that lack a value, or have one that is no number, are found elsewhere. */
export function checkTargetRows(
  predicts: TargetKind,
  table: Table,
  targets: readonly RuledColumn[],
  rows: Int32Array,
): DataProblem[] {
  const rule = RULES[predicts];
  if (rule === undefined) return [];
  const columns = targets.flatMap(({ column }) => (column.kind === "number" ? [column.values] : []));
  const valuesOf = (row: number) => columns.map((values) => float64At(values, row));
  const wrongAt = (row: number) => {
    const values = valuesOf(row);
    return values.every(Number.isFinite) ? rule.wrong(values) : null;
  };
  const found = hits(
    table,
    rows.filter((row) => wrongAt(row) !== null),
  );
  const [one] = targets;
  if (found === null || one === undefined || columns.length < targets.length) return [];
  const { first } = found;
  const names = listNames(targets.map((target) => target.rule.name));
  const message = `In ${rowPhrase(table, first)} of ${quote(table.name)}, ${names} ${wrongAt(first)}.`;
  const notes = [...found.notes, ...rule.notes(valuesOf(first))];
  return [error(rule.code, message, { notes, setting: "target", ...rowPlace(table, first) })];
}

/** In the order of the columns. */
function sumOf(values: readonly number[]): number {
  return values.reduce((sum, x) => sum + x, 0);
}

function shown(x: number): string {
  return String(Number(x.toPrecision(6)));
}
