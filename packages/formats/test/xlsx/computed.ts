// A workbook of ours, read by a reader of npm and computed.

import { type Cell, readXlsx, type Sheet } from "hucre";
import { type Area, evaluated, FAILED, type Matrix, type Value } from "./formulas.ts";

export interface Computed {
  readonly sheets: readonly Sheet[];
  /** Rows and columns are counted from 1. */
  readonly valueAt: (sheet: string, row: number, column: number) => Value;
  readonly formulas: readonly string[];
}

interface Known {
  readonly formula: string;
  readonly isArray: boolean;
  readonly area: Omit<Area, "sheet">;
}

export async function computed(bytes: Uint8Array): Promise<Computed> {
  const { sheets } = await readXlsx(bytes);
  const plain = new Map<string, Value>();
  const formulas = new Map<string, Known>();
  const key = (sheet: string, row: number, column: number) => `${sheet}!${row},${column}`;
  for (const { name, cells, rows } of sheets) {
    rows.forEach((row, i) => {
      row.forEach((value, j) => {
        if (value !== null && !(value instanceof Date) && value !== "")
          plain.set(key(name, i + 1, j + 1), value);
      });
    });
    for (const [place, cell] of cells ?? []) {
      const [row = 0, column = 0] = place.split(",").map(Number);
      const known = formulaIn(cell, row + 1, column + 1);
      if (known === null) continue;
      const { area } = known;
      for (let i = 0; i < area.rows; i++)
        for (let j = 0; j < area.columns; j++) formulas.set(key(name, area.row + i, area.column + j), known);
    }
  }
  const made = new Map<Known, Matrix>();
  const valuesOf = (known: Known, sheet: string): Matrix => {
    const values = made.get(known) ?? evaluated(known.formula, sheet, read);
    made.set(known, values);
    return values;
  };
  const valueAt = (sheet: string, row: number, column: number): Value => {
    const known = formulas.get(key(sheet, row, column));
    if (known === undefined) return plain.get(key(sheet, row, column)) ?? null;
    const values = valuesOf(known, sheet);
    if (!known.isArray) return values[0]?.[0] ?? 0;
    const [i, j] = [row - known.area.row, column - known.area.column];
    const own = values[values.length === 1 ? 0 : i];
    return own?.[own.length === 1 ? 0 : j] ?? FAILED;
  };
  const read = ({ sheet, row, column, rows, columns }: Area): Matrix => {
    const known = formulas.get(key(sheet, row, column));
    // All that one formula makes is taken at once.
    if (known?.isArray && isArea(known.area, { row, column, rows, columns })) {
      const values = valuesOf(known, sheet);
      if (values.length === rows && values[0]?.length === columns) return values;
    }
    return Array.from({ length: rows }, (_, i) =>
      Array.from({ length: columns }, (_, j) => valueAt(sheet, row + i, column + j)),
    );
  };
  return { sheets, valueAt, formulas: [...new Set(formulas.values())].map(({ formula }) => formula) };
}

function formulaIn({ formula, formulaType, formulaRef }: Cell, row: number, column: number): Known | null {
  if (formula === undefined) return null;
  const area = { row, column, rows: 1, columns: 1 };
  if (formulaType !== "array" || formulaRef === undefined) return { formula, isArray: false, area };
  const [, , , lastLetters, lastRow] = /^([A-Z]+)(\d+)(?::([A-Z]+)(\d+))?$/.exec(formulaRef) ?? [];
  if (lastLetters === undefined) return { formula, isArray: true, area };
  const last = [...lastLetters].reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0);
  return {
    formula,
    isArray: true,
    area: { row, column, rows: Number(lastRow) - row + 1, columns: last - column + 1 },
  };
}

function isArea(a: Known["area"], b: Known["area"]): boolean {
  return a.row === b.row && a.column === b.column && a.rows === b.rows && a.columns === b.columns;
}
