// What one cell of text says: a number, nothing, or text. Deliberately strict: plain decimal and scientific
// notation only, so that dates and codes such as `0x1F` and `1_000` never pass as numbers.
// No pattern here tries a cell in more than one way: a long one takes no longer for each of its characters.

import { isMissingWord } from "./missing-words.ts";

export type CellValue = number | "missing" | "text";

/** How the numbers of a table are written. */
export interface NumberFormat {
  readonly decimal: "." | ",";
  /** What stands between thousands; `null` where nothing may. */
  readonly thousands: "," | "." | " " | "'" | null;
  /** Words for missing values beside those that everyone knows; one that is a number stands for that number. */
  readonly missingWords: readonly string[];
}

export const PLAIN_NUMBERS: NumberFormat = { decimal: ".", thousands: null, missingWords: [] };

const DECIMAL = /^[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?$/;
const INFINITE = /^([+-]?)(?:inf(?:inity)?|1\.#inf)$/i;
const GROUPS: Readonly<Record<NonNullable<NumberFormat["thousands"]>, RegExp>> = {
  ",": groups(","),
  ".": groups("\\."),
  "'": groups("['’]"),
  " ": groups("[ \u00a0\u2009\u202f]"),
};

/** One to three digits, and then threes of digits behind the same sign each. */
function groups(sign: string): RegExp {
  return new RegExp(`^([+-]?)(\\d{1,3})((${sign})\\d{3}(?:\\4\\d{3})*)(?!\\d)`);
}

/** One cell as the format has it. Blanks around it do not count. */
export function numberReader(format: NumberFormat): (text: string) => CellValue {
  const { decimal, thousands, missingWords } = format;
  const words = new Set(missingWords.map((word) => word.trim()));
  const sentinels = new Set<number | "text">([...words].map(spelled));

  function spelled(cell: string): number | "text" {
    const plain = thousands === null ? cell : ungrouped(cell, thousands);
    if (decimal === ".") return plainNumber(plain);
    // A point has no meaning beside a decimal comma.
    return plain.includes(".") && !plain.includes("#") ? "text" : plainNumber(plain.replace(",", "."));
  }

  return (text) => {
    const cell = text.trim();
    if (cell === "" || words.has(cell)) return "missing";
    // A typographic minus, as word processors and encyclopedias set it.
    const value = spelled(cell.startsWith("−") ? `-${cell.slice(1)}` : cell);
    if (value === "text") return isMissingWord(cell) ? "missing" : "text";
    return sentinels.has(value) ? "missing" : value;
  };
}

/** The numbers among the words for missing values. */
export function sentinelsOf(format: NumberFormat): ReadonlySet<number> {
  const read = numberReader({ ...format, missingWords: [] });
  return new Set(format.missingWords.map(read).filter((value) => typeof value === "number"));
}

/** One cell with any sign between thousands, where it is enough to know that it is a number. */
export function looseNumberReader({ decimal, missingWords }: NumberFormat): (text: string) => CellValue {
  const readers = ([null, decimal === "." ? "," : ".", "'", " "] as const).map((thousands) =>
    numberReader({ decimal, thousands, missingWords }),
  );
  return (text) => {
    for (const read of readers) {
      const value = read(text);
      if (value !== "text") return value;
    }
    return "text";
  };
}

/** Reads one cell as most tables write it. */
export const parseNumber = numberReader(PLAIN_NUMBERS);

function plainNumber(cell: string): number | "text" {
  if (DECIMAL.test(cell)) return Number(cell);
  const infinite = INFINITE.exec(cell);
  if (infinite) return infinite[1] === "-" ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY;
  return "text";
}

/** `12,345.6` without the separators of its thousands; the cell as it is where they stand elsewhere. */
function ungrouped(cell: string, thousands: NonNullable<NumberFormat["thousands"]>): string {
  const grouped = GROUPS[thousands].exec(cell);
  if (grouped === null) return cell;
  const [all, sign = "", first = "", rest = "", separator = ""] = grouped;
  return sign + first + rest.replaceAll(separator, "") + cell.slice(all.length);
}
