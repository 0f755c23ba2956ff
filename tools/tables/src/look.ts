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
  /** Numbers that differ and are no numbers of the rows, or words that come again. */
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
  const different = new Set(values).size;
  const telling = numeric ? !rowNumbers && different > 1 : different > 1 && 2 * different <= values.length;
  return {
    name,
    numeric,
    missingWords: words.length,
    rowNumbers,
    usable: telling && !(place === 0 && name === ""),
  };
}
