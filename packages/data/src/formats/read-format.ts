// A table in text or of another format, as its first bytes tell.

import { quote } from "@netwright/definitions";
import { isCalledPicture, noPicture } from "../pictures/called-picture.ts";
import { type DataProblem, error } from "../problem/problem.ts";
import type { TableInput } from "../scan/byte-source.ts";
import { headerOnly, unclearNames } from "../table/csv-problems.ts";
import { type CsvOptions, readCsv } from "../table/read-csv.ts";
import type { ReadSettings } from "../table/read-settings.ts";
import type { Table, Words } from "../table/table.ts";
import { tableStart } from "../table/table-start.ts";
import { lostDigitsIn } from "./cannot-read.ts";
import { type FormatResult, formatOptions } from "./format.ts";
import { firstOf, isSeveral, type TableSource } from "./several/several.ts";
import { formats } from "./table.ts";

/** @throws NotYetLoaded where the reader of its format has not been used before: see `whenLoaded` */
export function readOne(input: TableInput, options: CsvOptions): FormatResult {
  const { name, start, keepText = false, ...settings } = options;
  const found = start === undefined ? tableStart(input, settings) : start();
  const format = found.kind?.format;
  if (found.kind === null && isCalledPicture(name)) return { problems: [noPicture(name)] };
  if (format === undefined) {
    const result = readCsv(input, { ...options, start: () => found });
    return "table" in result ? { ...result, warnings: lostDigitsIn(result.table) } : result;
  }
  const result = formats[format]().read(input, formatOptions(name, settings));
  if ("problems" in result) return result;
  const { table } = result;
  const problems = unclearNames(
    name,
    table.columns.map((column) => column.name),
  );
  if (table.rows === 0) problems.push(headerOnly(name));
  if (problems.length > 0) return { problems };
  return keepText ? { ...result, table: { ...table, texts: textsOf(table), textsOfValues: true } } : result;
}

/** What a section says of tables in text, or of workbooks, where its table is another. */
export function unfitSettings(
  name: string,
  source: TableSource,
  { start, ...settings }: ReadSettings & Pick<CsvOptions, "start">,
): DataProblem[] {
  const { separator, decimal, thousands, header, skip, sheet, fileColumn, folderColumn } = settings;
  const ofFiles = isSeveral(source) ? {} : { file_column: fileColumn, folder_column: folderColumn };
  const alone = meaningless(ofFiles, quote(name), "one file");
  const ofText = { separator, decimal, thousands };
  const ofRows = { header, skip };
  if ([...Object.values(ofText), header, skip, sheet].every((value) => value === undefined)) return alone;
  const { kind } = start === undefined ? tableStart(firstOf(source), settings) : start();
  const format = kind?.format;
  const unfit = {
    ...(format === undefined ? {} : ofText),
    ...(format === undefined || format === "workbook" ? {} : ofRows),
    ...(format === "workbook" ? {} : { sheet }),
  };
  return [...meaningless(unfit, quote(name), kind?.what ?? "a table in text"), ...alone];
}

const MEANINGS: Readonly<Record<string, string>> = {
  sheet: "It names a sheet of a workbook.",
  folder_column: 'It tells the folders of a pattern apart, as `source: "digits/*/*.png"` is one.',
  file_column: 'It tells the files of a pattern apart, as `source: "data/*.csv"` is one.',
};

/** Of these, all that are stated. */
export function meaningless(
  settings: Readonly<Record<string, unknown>>,
  name: string,
  what: string,
): DataProblem[] {
  return Object.entries(settings)
    .filter(([, value]) => value !== undefined)
    .map(([setting]) => {
      const why = MEANINGS[setting] ?? "It says how a table in text is written.";
      const message = `\`${setting}\` has no meaning for ${name}, which is ${what}.`;
      return error("NW0674", message, { notes: [why], setting });
    });
}

function textsOf({ columns }: Table): Words[] {
  return columns.map((column) => {
    if (column.kind === "text") return column;
    const known = new Map<string, number>();
    const codes = Int32Array.from(column.values, (value) => {
      const word = Number.isNaN(value) ? "" : String(value);
      const code = known.get(word) ?? known.size;
      known.set(word, code);
      return code;
    });
    return { codes, words: [...known.keys()] };
  });
}
