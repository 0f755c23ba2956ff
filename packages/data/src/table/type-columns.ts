// What was read of each column, to a column of numbers or of text.

import { countOnes } from "../scan/column-reader.ts";
import { StoredNumberColumn } from "../storage/stored-columns.ts";
import { areCodes, isLongWhole, lostIn } from "./codes.ts";
import { columnFromWords } from "./column-from-cells.ts";
import { groupedFormat } from "./grouped-column.ts";
import type { NumberFormat } from "./number-text.ts";
import { type Pass, withoutRows } from "./read-pass.ts";
import type { Column, InexactColumn } from "./table.ts";

export interface TypedColumns {
  readonly columns: readonly Column[];
  /** Names of those whose numbers have separators of thousands. */
  readonly grouped: readonly string[];
  readonly inexact: readonly InexactColumn[];
}

/** The columns called `names`, which begin behind the first `skip` values of a row. */
export function typeColumns(
  pass: Pass,
  names: readonly string[],
  skip: number,
  numbers: NumberFormat,
  decimalProven: boolean,
): TypedColumns {
  const { dropped } = pass.settled;
  const inexact: InexactColumn[] = [];
  const note = (name: string, rows: number) => {
    if (rows > 0) inexact.push({ name, rows });
  };
  const typed = names.map((name, i): Column | null => {
    const cells = pass.readers[i + skip]?.cells(pass.read.rows);
    if (cells?.kind !== "numbers") return null;
    const { textRows } = cells;
    if (textRows.some((row) => !dropped.includes(row))) return null;
    note(name, cells.lost);
    if (cells.stored !== undefined) {
      const kept = { rows: pass.read.rows, dropped };
      return new StoredNumberColumn(
        name,
        cells.stored,
        kept,
        cells.stored.length === kept.rows && dropped.length === 0 ? cells.gaps : null,
      );
    }
    const values = withoutRows(cells.values, dropped);
    const missing = withoutRows(cells.missing, dropped);
    const gaps = dropped.length === 0 ? cells.gaps : countOnes(missing);
    return { kind: "number", name, values, missing, gaps };
  });
  const words = pass.words(typed.flatMap((column, i) => (column === null ? [i + skip] : [])));
  const grouped: string[] = [];
  const columns = names.map((name, i): Column => {
    const known = typed[i];
    if (known) return known;
    const own = words.get(i + skip);
    if (own === undefined) throw new Error(`column ${i} was not read`);
    const column = columnFromWords(name, own, numbers);
    if (column.kind === "number") note(name, lostIn(own, isLongWhole));
    if (column.kind === "number" || areCodes(own.words, numbers)) return column;
    const format = groupedFormat(column.words, numbers, decimalProven, names.length === 1);
    if (format === null) return column;
    grouped.push(name);
    return columnFromWords(name, own, format);
  });
  return { columns, grouped, inexact };
}
