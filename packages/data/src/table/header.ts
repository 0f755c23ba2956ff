// The names of a CSV file's columns, without reading its rows: quick enough to ask while someone types.

import { csvRecords, type Delimiter, detectDelimiter, normalizeText, skipBlankStart } from "./csv-records.ts";
import { namesRows } from "./row-names.ts";

/** Column names in order, [] for an empty text and for what is none. Says nothing about mistakes: `readCsv` does. */
export function header(text: string, delimiter?: Delimiter): string[] {
  const start = skipBlankStart(text);
  if (start.trim() === "" || start.includes("\0")) return [];
  const end = endOfFirstRecord(start);
  // A few more rows than the first: they decide the separator, as they do when the whole file is read.
  const sample = normalizeText(start.slice(0, Math.max(end, 65_536)));
  const { records } = csvRecords(normalizeText(start.slice(0, end)), delimiter ?? detectDelimiter(sample));
  const names = (records[0]?.fields ?? []).map((name) => name.trim());
  return namesRows(names) ? names.slice(1) : names;
}

/** Index of the first line end outside quotes, or the length of the text. */
function endOfFirstRecord(text: string): number {
  let inQuotes = false;
  for (let i = 0; i < text.length; i++) {
    const character = text[i];
    if (character === '"') inQuotes = !inQuotes;
    else if (!inQuotes && (character === "\n" || character === "\r")) return i;
  }
  return text.length;
}
