// Tables of several files, whose columns have the same names, as one.

import { at } from "@netwright/definitions";
import type { TableFile } from "../../scan/byte-source.ts";
import type { Column, InexactColumn, NumberColumn, Table, TextColumn, Words } from "../../table/table.ts";
import { CellColumn } from "../cell-column.ts";

/** At least one; `sources` are their files. */
export function joinTables(
  name: string,
  tables: readonly Table[],
  sources: readonly Pick<TableFile, "name" | "shortName">[],
): Table {
  const [first] = tables;
  if (first === undefined) throw new Error("no table to join");
  let rows = 0;
  const files = tables.map((table, i) => {
    const own = sources[i] ?? { name };
    const file = { name: own.name, shortName: own.shortName ?? own.name, firstRow: rows };
    rows += table.rows;
    return file;
  });
  return {
    name,
    rows,
    columns: first.columns.map((_, j) => joinColumns(tables, j, first.numbers)),
    lines: tables.every(({ lines }) => lines !== null)
      ? Int32Array.from(tables.flatMap(({ lines }) => [...(lines ?? [])]))
      : null,
    files,
    numbers: first.numbers,
    inexact: inexactIn(tables),
    ...(tables.some(({ textsOfValues }) => textsOfValues === true) ? { textsOfValues: true } : {}),
    ...(first.texts === undefined
      ? {}
      : { texts: first.texts.map((_, j) => joinWords(tables.flatMap(({ texts }) => texts?.[j] ?? []))) }),
  };
}

function inexactIn(tables: readonly Table[]): readonly InexactColumn[] {
  const rows = new Map<string, number>();
  for (const { name, rows: own } of tables.flatMap(({ inexact }) => inexact ?? []))
    rows.set(name, (rows.get(name) ?? 0) + own);
  return [...rows].map(([name, own]) => ({ name, rows: own }));
}

function joinColumns(tables: readonly Table[], j: number, numbers: Table["numbers"]): Column {
  const columns = tables.flatMap(({ columns }) => columns[j] ?? []);
  const name = columns[0]?.name ?? "";
  if (columns.every((column) => column.kind === "number")) return joinNumbers(name, columns);
  if (columns.every((column) => column.kind === "text")) {
    const gaps = columns.reduce((sum, column) => sum + column.gaps, 0);
    return { kind: "text", name, ...joinWords(columns), gaps };
  }
  const cells = new CellColumn(name);
  for (const column of columns) {
    if (column.kind === "number") for (const value of column.values) cells.put(value);
    else for (const code of column.codes) cells.put(column.words[code] || null);
  }
  return cells.column(numbers);
}

function joinNumbers(name: string, columns: readonly NumberColumn[]): NumberColumn {
  const rows = columns.reduce((sum, { values }) => sum + values.length, 0);
  const values = new Float64Array(rows);
  const missing = new Uint8Array(rows);
  let [at, gaps] = [0, 0];
  for (const column of columns) {
    values.set(column.values, at);
    missing.set(column.missing, at);
    at += column.values.length;
    gaps += column.gaps;
  }
  return { kind: "number", name, values, missing, gaps };
}

function joinWords(parts: readonly (Words | TextColumn)[]): Words {
  const codes = new Int32Array(parts.reduce((sum, part) => sum + part.codes.length, 0));
  const known = new Map<string, number>();
  let place = 0;
  for (const part of parts) {
    const own = part.words.map((word) => {
      const code = known.get(word) ?? known.size;
      known.set(word, code);
      return code;
    });
    for (const code of part.codes) codes[place++] = at(own, code);
  }
  return { codes, words: [...known.keys()] };
}
