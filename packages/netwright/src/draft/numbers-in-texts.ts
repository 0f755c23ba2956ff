// Formats other than text may hold numbers as texts: read as numbers where they are described so, as a draft does.

import { numbersInWords, type Table } from "@netwright/data";

export interface WithNumbers {
  readonly table: Table;
  /** The columns that are described, however many there are. */
  readonly names: ReadonlySet<string>;
}

/** `007` is a code and no number. */
const CODE = /^[+-]?0\d/;

export function takingNumbers(table: Table): WithNumbers {
  const names = new Set<string>();
  const columns = table.columns.map((column) => {
    if (column.kind === "number" || column.words.some((word) => CODE.test(word))) return column;
    const { column: asNumbers, textRows } = numbersInWords(column, table.numbers);
    if (textRows.length > 0 || asNumbers.gaps === table.rows) return column;
    names.add(column.name);
    return asNumbers;
  });
  return names.size === 0 ? { table, names } : { table: { ...table, columns }, names };
}
