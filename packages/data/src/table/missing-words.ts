// Words that stand for a value that is not there, as programs and people write them. They count where all else
// in a column is numbers; in a column of words, `None` or `-` may well be a value. docs/tables.md lists them.

/** Taken without regard to case. */
export const missingWordList = [
  // R, pandas, NumPy, SQL and JSON.
  ...[
    "NA",
    "N/A",
    "n.a.",
    "<NA>",
    "NaN",
    "-NaN",
    "+NaN",
    "NaT",
    "null",
    "<null>",
    "(null)",
    "nil",
    "None",
    "<none>",
    "\\N",
  ],
  // C on Windows.
  ...["1.#IND", "-1.#IND", "1.#QNAN", "-1.#QNAN", "1.#SNAN", "-1.#SNAN", "nan(ind)", "-nan(ind)"],
  // Spreadsheets, in English and as some other languages have it.
  ...["#N/A", "#N/A N/A", "#NA", "#DIV/0!", "#DIV/0", "#VALUE!", "#REF!", "#NAME?", "#NUM!", "#NULL!"],
  ...[
    "#SPILL!",
    "#CALC!",
    "#FIELD!",
    "#GETTING_DATA",
    "#N/D",
    "#NV",
    "#WERT!",
    "#BEZUG!",
    "#ZAHL!",
    "#VALEUR!",
    "#NOMBRE!",
  ],
  // Marks.
  ...["?", "??", "???", ".", "..", "...", "-", "--", "---", "\u2013", "\u2014", "\u2212", "\u2026", ":"],
] as const;

const known: ReadonlySet<string> = new Set(missingWordList.map((word) => word.toLowerCase()));

const LONGEST = Math.max(...missingWordList.map((word) => word.length));

/** `cell` has no blanks around it. */
export function isMissingWord(cell: string): boolean {
  return cell.length <= LONGEST && known.has(cell.toLowerCase());
}
