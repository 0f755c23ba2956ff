// What a table holds, found without the product's own reader and rules, so that these can be held against it.

import Papa from "papaparse";

export interface LookedColumn {
  /** "" for a first column without one. */
  readonly name: string;
  /** Every cell is a number, empty, or a word for a missing value. */
  readonly numeric: boolean;
  readonly missingWords: number;
  /** 0, 1, 2 or 1, 2, 3, in order. */
  readonly rowNumbers: boolean;
  /** Of numbers that differ, and not a number of the rows. */
  readonly usable: boolean;
}

export interface LookedTable {
  readonly rows: number;
  readonly columns: readonly LookedColumn[];
}

const MISSING_WORDS: ReadonlySet<string> = new Set(
  "NA,N/A,NaN,nan,null,NULL,None,?,-,.,#N/A,#DIV/0!,\\N".split(","),
);

/** `text` is CSV with commas, quotes and a header, as the packages of tables hold it. */
export function look(text: string): LookedTable {
  const [head = [], ...body] = Papa.parse<string[]>(text.trimEnd(), { delimiter: "," }).data;
  return {
    rows: body.length,
    columns: head.map((name, i) =>
      lookAt(
        name.trim(),
        i,
        body.map((row) => row[i]?.trim() ?? ""),
      ),
    ),
  };
}

function lookAt(name: string, place: number, cells: readonly string[]): LookedColumn {
  const words = cells.filter((cell) => MISSING_WORDS.has(cell));
  const values = cells.filter((cell) => cell !== "" && !MISSING_WORDS.has(cell));
  const numeric = values.length > 0 && values.every((value) => Number.isFinite(Number(value)));
  const countsFrom = (start: number) => cells.every((cell, row) => cell === String(row + start));
  const rowNumbers = countsFrom(0) || countsFrom(1);
  return {
    name,
    numeric,
    missingWords: words.length,
    rowNumbers,
    usable: numeric && !rowNumbers && !(place === 0 && name === "") && new Set(values).size > 1,
  };
}
