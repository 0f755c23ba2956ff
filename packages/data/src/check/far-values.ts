// Values of new data far from all that training has seen. They are allowed, but the network has learned nothing
// there: it goes on with whatever slope it has.

import { float64At, quote } from "@netwright/definitions";
import type { SeenValues } from "../fitted/fitted-encoders.ts";
import type { OpenColumn, OpenNumbers } from "../fitted/open-encoders.ts";
import { type DataProblem, warning } from "../problem/problem.ts";
import { type Column, type NumberColumn, rowPhrase, rowPlace, type Table } from "../table/table.ts";
import { hits } from "./hits.ts";

/** Of the width of the range seen in training: beyond it by more than this is far. */
const FAR = 0.5;

/** One warning for each column; `rows` are indices from 0. Columns of models that were saved without the range pass. */
export function farValues(
  table: Table,
  features: readonly OpenColumn[],
  columns: readonly Column[],
  rows: Int32Array,
): DataProblem[] {
  return features.flatMap((feature, i) => {
    const column = columns[i];
    if (feature.kind !== "number" || column?.kind !== "number") return [];
    const { seen } = feature.fitted;
    return seen === undefined ? [] : farOf(table, feature, seen, column, rows);
  });
}

function farOf(
  table: Table,
  { fitted: { name, contract }, reading }: OpenNumbers,
  { min, max }: SeenValues,
  column: NumberColumn,
  among: Int32Array,
): DataProblem[] {
  // Each half by itself, so that the width of a very large range is no infinity.
  const margin = FAR * max - FAR * min;
  const rows = among.filter((row) => {
    const x = float64At(column.values, row);
    return x - max > margin || min - x > margin;
  });
  const found = hits(table, rows);
  if (found === null) return [];
  const spell = (x: number) => (reading === null ? `${x}` : reading.spell(x));
  const measure = (x: number) => (contract.unit === null ? spell(x) : `${spell(x)} ${contract.unit}`);
  const value = measure(float64At(column.values, found.first));
  const where = `In ${rowPhrase(table, found.first)} of ${quote(table.name)}, column ${quote(name)} is ${value}`;
  return [
    warning(
      "NW0657",
      min === max
        ? `${where}, and training has seen no other value than ${measure(min)}.`
        : `${where}, far outside of the range seen in training, ${spell(min)} to ${measure(max)}.`,
      {
        notes: [
          ...found.notes,
          "Nothing was learned there: check the value, and do not rely on what is predicted for it.",
        ],
        ...rowPlace(table, found.first),
        column: name,
      },
    ),
  ];
}
