// Which separator a table has, and the line on which it begins: titles may stand above it.

import { type CsvRecord, csvRecords, guessSeparator, linesOf } from "./csv-records.ts";
import { firstRowIs } from "./detect-header.ts";
import { type CommentMark, type Dialect, isComment } from "./dialect.ts";
import { consistentFrom, type Layout, numericShare } from "./layout.ts";
import type { ReadSettings, Separator } from "./read-settings.ts";
import type { Sample } from "./sample.ts";

/** Those that are taken where none fits all rows. */
const PLAIN: readonly Separator[] = [",", ";", "\t"];

/** Titles have no more lines than this. */
const MOST_TITLES = 20;

export interface Search {
  /** Index of the first line that is looked at. */
  readonly start: number;
  readonly quote: Dialect["quote"];
  readonly among: readonly Separator[];
  readonly mark: CommentMark | null;
}

/** The separator and the line of the header. */
export function findLayout(
  sample: Sample,
  { start, quote, among, mark }: Search,
  settings: ReadSettings,
): Layout {
  const lines = linesOf(sample.text);
  const text = lines.slice(start).join("\n");
  const recordsBy = (separator: Separator): readonly CsvRecord[] => {
    const all = csvRecords(text, { separator, quote }, start + 1);
    const records = mark === null ? all : all.filter((record) => !isComment(record, mark));
    // What the sample cuts off inside of a quoted value is no whole record.
    return sample.whole ? records : records.slice(0, -1);
  };
  const parsed = among
    .filter((one) => (one === " " ? /[ \t]/.test(text) : text.includes(one)))
    .map((separator) => ({ separator, records: recordsBy(separator) }));
  const fitting = parsed.flatMap((one): Fit[] => {
    const found = firstFit(one, start, settings);
    return found === undefined ? [] : [found];
  });
  const plain = fitting.filter(({ titles, layout }) => titles === 0 && layout.separator !== " ");
  // Beside a separator that fits from the first line on, blanks count only where that line is numbers, too.
  const rivals = fitting.filter(
    ({ titles, layout: { separator, records } }) =>
      titles === 0 && separator === " " && numericShare(records.slice(0, 1), settings) >= 0.5,
  );
  const best = bestOf(plain.length === 0 ? fitting : [...plain, ...rivals], text, settings);
  if (best !== undefined) return best;
  const separator = among.length === 1 ? (among[0] ?? ",") : guessed(text);
  const records = parsed.find((one) => one.separator === separator)?.records ?? recordsBy(separator);
  return { separator, skip: start, width: records[0]?.fields.length ?? 0, records };
}

/** Where no separator fits all rows, the one that divides the first of them most evenly. */
function guessed(text: string): Separator {
  const first = linesOf(text).slice(0, 40).join("\n");
  const plain = guessSeparator(first, PLAIN);
  return plain === "," && !first.includes(",") ? guessSeparator(first, ["|"]) : plain;
}

interface Fit {
  /** Records above those of the layout. */
  readonly titles: number;
  readonly layout: Layout;
}

/** The rows as they are with this separator, from the first line on which it fits all that follow. */
function firstFit(
  { separator, records }: { readonly separator: Separator; readonly records: readonly CsvRecord[] },
  start: number,
  settings: ReadSettings,
): Fit | undefined {
  const most = settings.skip === undefined ? MOST_TITLES : 0;
  for (let titles = 0; titles <= most && titles < records.length; titles++) {
    const rows = records.slice(titles);
    const width = consistentFrom(rows);
    if (width === undefined || !areTitles(records.slice(0, titles), rows, width, settings)) continue;
    // A line of one name less may be a title with a separator in it.
    if (rows[0]?.fields.length === width - 1 && isHeaderForSure(rows.slice(1), settings)) continue;
    if (separator === " " && !blanksFit(rows, width, titles, settings)) continue;
    const spread = settings.skip === undefined ? spreadTitles(rows, width) : 0;
    const kept = rows.slice(spread);
    const skip = titles + spread === 0 ? start : (kept[0]?.line ?? 1) - 1;
    return { titles: titles + spread, layout: { separator, skip, width, records: kept } };
  }
  return undefined;
}

/** Of several that fit, the one that finds most numbers; then the one below fewer titles, and not blanks. */
function bestOf(fitting: readonly Fit[], text: string, settings: ReadSettings): Layout | undefined {
  if (fitting.length < 2) return fitting[0]?.layout;
  const shares = fitting.map(({ layout }) => numericShare(layout.records.slice(1), settings));
  const most = Math.max(...shares);
  const numeric = fitting.filter((_, i) => shares[i] === most);
  const fewest = Math.min(...numeric.map(({ titles }) => titles));
  const best = numeric.flatMap(({ titles, layout }) => (titles === fewest ? [layout] : []));
  const solid = best.filter(({ separator }) => separator !== " ");
  if (solid.length === 0) return best[0];
  const guess = guessed(text);
  return solid.find(({ separator }) => separator === guess) ?? solid[0];
}

/** Lines above a table hold one value, or none; others have to stand above what is a header for sure. */
function areTitles(
  titles: readonly CsvRecord[],
  rows: readonly CsvRecord[],
  width: number,
  settings: ReadSettings,
): boolean {
  if (titles.length === 0) return true;
  if (rows.length < 2) return false;
  const alone = titles.every(({ fields }) => fields.filter((field) => field.trim() !== "").length <= 1);
  // One name above rows of two values is a header that is one short.
  if (alone && width > 2) return true;
  const other = titles.every(({ fields }) => fields.length !== width);
  return (alone || other) && isHeaderForSure(rows, settings);
}

/** With one decimal sign or the other. */
function isHeaderForSure(rows: readonly CsvRecord[], { decimal, missingWords = [] }: ReadSettings): boolean {
  const signs = decimal === undefined ? ([".", ","] as const) : [decimal];
  return signs.some(
    (sign) => firstRowIs(rows, { decimal: sign, thousands: null, missingWords }) === "header",
  );
}

/** A spreadsheet fills up the line of a title with empty values. */
function spreadTitles(rows: readonly CsvRecord[], width: number): number {
  if (width < 3) return 0;
  const at = rows.findIndex(({ fields }) => fields.slice(1).some((field) => field.trim() !== ""));
  return at > 0 &&
    at <= MOST_TITLES &&
    isTitle(rows[0]) &&
    rows.slice(0, at).every((row) => isTitle(row) || isEmpty(row))
    ? at
    : 0;
}

function isTitle(row: CsvRecord | undefined): boolean {
  return row?.fields[0]?.trim() !== "";
}

function isEmpty({ fields }: CsvRecord): boolean {
  return fields.every((field) => field.trim() === "");
}

/** Words have blanks between them, too: at least half of the values must be numbers. */
function blanksFit(
  rows: readonly CsvRecord[],
  width: number,
  skipped: number,
  settings: ReadSettings,
): boolean {
  const short = rows[0]?.fields.length !== width;
  if (width < 3 && (short || skipped > 0)) return false;
  return numericShare(rows.slice(1), settings) >= 0.5;
}
