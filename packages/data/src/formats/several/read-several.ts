// A table from several files: text as if it were one file, all else table by table.

import { at } from "@netwright/definitions";
import type { DataProblem } from "../../problem/problem.ts";
import type { TableFile, TableFiles } from "../../scan/byte-source.ts";
import { anotherKind, emptyFile, isCalledPicture, noPicture, notText } from "../../table/csv-problems.ts";
import type { Dialect } from "../../table/dialect.ts";
import { csvHeader } from "../../table/header.ts";
import { type CsvOptions, readCsv } from "../../table/read-csv.ts";
import type { ReadSettings } from "../../table/read-settings.ts";
import type { FileOfRows, Table } from "../../table/table.ts";
import { tableStart } from "../../table/table-start.ts";
import { lostDigitsIn } from "../cannot-read.ts";
import type { FormatName, FormatResult } from "../format.ts";
import { readOne } from "../read-format.ts";
import { joinTables } from "./join-tables.ts";
import { type Joined, type JoinedFile, joined } from "./joined-source.ts";
import { otherColumns } from "./same-columns.ts";

export function readSeveral({ files }: TableFiles, options: CsvOptions): FormatResult {
  const [first] = files;
  if (first === undefined) return { problems: [emptyFile(options.name, 0)] };
  const { kind } = tableStart(first.input, options);
  if (kind === null && isCalledPicture(first.name)) return { problems: [noPicture(first.name)] };
  return kind?.format === undefined ? readTexts(files, options) : readTables(files, kind.format, options);
}

function readTables(files: readonly TableFile[], format: FormatName, options: CsvOptions): FormatResult {
  const { start: _, ...settings } = options;
  const tables: Table[] = [];
  const warnings: DataProblem[] = [];
  for (const { name, input } of files) {
    const start = tableStart(input, settings);
    if (format === "picture" && start.kind === null) return { problems: [noPicture(name)] };
    const result = readOne(input, { ...settings, name, start: () => start });
    if ("problems" in result) return result;
    const [first = result.table] = tables;
    const columnsOf = ({ name, columns }: Table) => ({
      file: name,
      names: columns.map((column) => column.name),
    });
    const other = otherColumns(columnsOf(first), columnsOf(result.table));
    if (other !== null) return { problems: [other] };
    tables.push(result.table);
    warnings.push(...result.warnings);
  }
  return { table: joinTables(options.name, tables, files), warnings };
}

function readTexts(files: readonly TableFile[], options: CsvOptions): FormatResult {
  const looked = lookAt(files, options);
  if ("problems" in looked) return looked;
  const whole = joined(looked.files);
  const { start: _, ...settings } = options;
  const result = readCsv(whole.source, { ...settings, ...looked.settings });
  if ("table" in result)
    return { table: inFiles(result.table, files, whole), warnings: lostDigitsIn(result.table) };
  // What is wrong in one of them is told with its name and its own lines.
  for (const { name, input } of files) {
    const own = readCsv(input, { ...settings, ...looked.settings, name });
    if ("problems" in own) return own;
  }
  return result;
}

/** How each is written, as the first is; or what is no table among them, or has other columns. */
function lookAt(
  files: readonly TableFile[],
  options: ReadSettings,
):
  | { readonly files: readonly JoinedFile[]; readonly settings: ReadSettings }
  | { readonly problems: readonly DataProblem[] } {
  let settings = options;
  let first: { readonly file: string; readonly names: readonly string[] } | undefined;
  const found: JoinedFile[] = [];
  for (const { name, input } of files) {
    const start = tableStart(input, settings);
    if (start.kind !== null) return { problems: [anotherKind(name, start.kind)] };
    if (start.found === null) return { problems: [notText(name)] };
    const { dialect } = start.found;
    const names = csvHeader(input, settings, start);
    if (names.length === 0) return { problems: [emptyFile(name, options.skip ?? 0)] };
    if (first === undefined) {
      first = { file: name, names };
      settings = { ...options, ...statedOf(dialect) };
      found.push({ input, dialect: null });
      continue;
    }
    const other = otherColumns(first, { file: name, names });
    if (other !== null) return { problems: [other] };
    found.push({ input, dialect });
  }
  return { files: found, settings };
}

function statedOf({ separator, decimal, header }: Dialect): ReadSettings {
  return { separator, decimal, header };
}

/** With lines as each file has them. */
function inFiles(table: Table, files: readonly TableFile[], { starts }: Joined): Table {
  const own: FileOfRows[] = [];
  const begin = ({ name, shortName = name }: TableFile, firstRow: number) =>
    own.push({ name, shortName, firstRow });
  const { lines } = table;
  let file = -1;
  const inFile = lines?.map((line, row) => {
    while (line >= (starts[file + 1]?.line ?? Number.POSITIVE_INFINITY)) {
      file++;
      begin(at(files, file), row);
    }
    const { line: begins = 1, cut = 0 } = starts[file] ?? {};
    return line - begins + 1 + cut;
  });
  // Those at the end that have a header alone.
  for (const one of files.slice(own.length)) begin(one, table.rows);
  return { ...table, lines: inFile ?? null, files: own };
}
