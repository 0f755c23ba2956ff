// `.npz`: arrays of NumPy by name, in a zip archive.

import { PLAIN_NUMBERS } from "../../table/number-text.ts";
import type { Column, InexactColumn } from "../../table/table.ts";
import { allBytes } from "../bytes.ts";
import { CannotRead, lostDigitsIn, orProblem } from "../cannot-read.ts";
import type { FormatReader } from "../format.ts";
import { namedByReading } from "../named-by-reading.ts";
import { unzipped } from "../unzipped.ts";
import { npyArray } from "./npy-array.ts";
import { columnsOf } from "./npy-columns.ts";

export const npzFormat: FormatReader = namedByReading((input, { name, missingWords }) =>
  orProblem(name, () => {
    const numbers = { ...PLAIN_NUMBERS, missingWords };
    const columns: Column[] = [];
    const inexact: InexactColumn[] = [];
    let first: { readonly file: string; readonly rows: number } | undefined;
    for (const [file, bytes] of unzipped(allBytes(input))) {
      if (!file.endsWith(".npy")) continue;
      const own = file.slice(0, -4);
      const array = named(own, () => npyArray(bytes));
      first ??= { file: own, rows: array.rows };
      if (array.rows !== first.rows) {
        throw new CannotRead(
          `holds arrays of different lengths: \`${first.file}\` has ${first.rows} rows and \`${own}\` has ${array.rows}`,
          ["Its arrays stand side by side: each needs one value, or one row, for each row of the table."],
        );
      }
      const names =
        array.columns === 1 ? [own] : Array.from({ length: array.columns }, (_, i) => `${own}${i + 1}`);
      const read = columnsOf(array, names, numbers);
      columns.push(...read.columns);
      inexact.push(...read.inexact);
    }
    const table = { name, rows: first?.rows ?? 0, columns, lines: null, numbers, inexact };
    return { table, warnings: lostDigitsIn(table) };
  }),
);

function named<T>(array: string, read: () => T): T {
  try {
    return read();
  } catch (thrown) {
    if (!(thrown instanceof CannotRead)) throw thrown;
    throw new CannotRead(`${thrown.message}, in its array \`${array}\``, thrown.notes);
  }
}
