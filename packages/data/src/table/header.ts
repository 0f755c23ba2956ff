// The names of a table's columns, without reading its rows: quick enough to ask while someone types.

import { byteSource, type TableInput } from "../scan/byte-source.ts";
import { type StartText, startText } from "../scan/start-text.ts";
import { csvRecords, normalizeText } from "./csv-records.ts";
import type { Dialect } from "./dialect.ts";
import { numberedNames } from "./numbered-names.ts";
import type { ReadSettings } from "./read-settings.ts";
import { namesRows } from "./row-names.ts";
import { isRuleLine } from "./rule-line.ts";
import { type TableStart, tableStart } from "./table-start.ts";

/**
 * Column names in order, [] for an empty table and for what is none. Says nothing about mistakes: `readCsv` does.
 * `known` is what `tableStart` has found in this table with these settings.
 */
export function csvHeader(input: TableInput, settings: ReadSettings = {}, known?: TableStart): string[] {
  const { start, found } = known ?? tableStart(input, settings);
  if (found === null) return [];
  const names = namesIn(start, found.dialect);
  if (names !== null) return names;
  let longer: string[] | null = null;
  const all = startText(byteSource(input), (text) => {
    longer = namesIn({ text, whole: false }, found.dialect);
    return longer !== null;
  });
  return longer ?? namesIn(all, found.dialect) ?? [];
}

/**
 * The characters up to the rows: lines above the header, the header, and in Markdown the line below it. `null` where it may
 * go on behind the text.
 */
export function aboveRows({ text, whole }: StartText, dialect: Dialect): string | null {
  const from = startOf(text, dialect);
  if (!dialect.header) return text.slice(0, from);
  const end = endOfFirstRecord(text, from, dialect.quote);
  if (end === text.length) return whole ? text : null;
  const below = behindLine(text, end);
  if (dialect.separator !== "|") return text.slice(0, below);
  const endBelow = endOfFirstRecord(text, below, dialect.quote);
  if (endBelow === text.length && !whole) return null;
  const [record] = csvRecords(text.slice(below, endBelow), dialect);
  const isRule = record !== undefined && isRuleLine(record.fields);
  return text.slice(0, isRule ? behindLine(text, endBelow) : below);
}

function behindLine(text: string, end: number): number {
  return text.startsWith("\r\n", end) ? end + 2 : end + 1;
}

/** `null` where the first record may end beyond the text. */
function namesIn({ text, whole }: StartText, dialect: Dialect): string[] | null {
  if (text.trim() === "") return [];
  const from = startOf(text, dialect);
  const end = endOfFirstRecord(text, from, dialect.quote);
  if (end === text.length && !whole) return null;
  const fields =
    csvRecords(normalizeText(text.slice(from, end), whole && end === text.length), dialect)[0]?.fields ?? [];
  const names = fields.slice(dialect.markedHeader ? 1 : 0).map((name) => name.trim());
  if (!dialect.header) return numberedNames(dialect.width);
  // A separator at the end of each line makes a column of nothing.
  while (names.length > 1 && names.at(-1) === "") names.pop();
  return namesRows(names) ? names.slice(1) : names;
}

/** Where the line begins, behind those that are skipped, that has something on it: a separator, or what is no blank of any kind. */
function startOf(text: string, { skip: lines, separator }: Dialect): number {
  let start = text.charCodeAt(0) === 0xfeff ? 1 : 0;
  let skipped = 0;
  for (let i = start; i < text.length; i++) {
    const character = text[i] ?? "";
    if (character === "\n" || (character === "\r" && text[i + 1] !== "\n")) {
      skipped += 1;
      start = i + 1;
    } else if (
      skipped >= lines &&
      (character.trim() !== "" || (character === separator && separator !== " "))
    )
      return start;
  }
  return start;
}

/** Index of the first line end outside quotes, or the length of the text. */
function endOfFirstRecord(text: string, start: number, quote: Dialect["quote"]): number {
  let inQuotes = false;
  for (let i = start; i < text.length; i++) {
    const character = text[i];
    if (character === quote) inQuotes = !inQuotes;
    else if (!inQuotes && (character === "\n" || character === "\r")) return i;
  }
  return text.length;
}
