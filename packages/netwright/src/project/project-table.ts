// The table of a project: the names of its columns for the language, its rows, and the splits made ready for training, each
// looked at once.

import {
  firstOf,
  header,
  type InputRecord,
  type Prepared,
  readingNote,
  type Table,
  type TableSource,
  type TableStart,
  tableStart,
} from "@netwright/data";
import type { TargetKind } from "@netwright/definitions";
import type { DataSettings, Diagnostic, Host, ReadingSettings } from "@netwright/lang";
import { tableOf } from "../api/table-of.ts";
import { type Files, type Queried, UnreadableTable } from "../files/files.ts";
import { askDatabase, namesAnswered } from "./ask-database.ts";
import { type Dealing, prepareData, readSettings } from "./data-plan.ts";
import { fromData, IS_DIRECTORY, unreadableData } from "./diagnostics.ts";
import { lastOnly, type Memo } from "./memo.ts";
import { warningsFor } from "./named-columns.ts";
import { pictureColumns, withPictures } from "./picture-columns.ts";
import type { Checked } from "./result.ts";

/** The table as it was last looked at, as it was last read, and as it was last prepared: what is asked for again the same way is not done again. */
export interface TableMemory {
  readonly start: Memo<TableStart>;
  readonly read: Memo<ReadTableOf>;
  readonly fitted: Memo<FittedTable>;
}

export function tableMemory(): TableMemory {
  return { start: lastOnly(), read: lastOnly(), fitted: lastOnly() };
}

/** How its rows are dealt out is nothing to a table: that of several folds is read once, and is the same one for all. */
export function readingKey({ split: _, spans, ...settings }: DataSettings): string {
  const others = Object.entries(spans).filter(([path]) => !/^split(\.|$)/.test(path));
  return JSON.stringify([settings, others]);
}

export interface ReadTableOf {
  readonly table?: Table;
  readonly diagnostics: readonly Diagnostic[];
}

export interface FittedTable extends ReadTableOf {
  readonly prepared?: Prepared;
}

/** Where the table comes from. */
export interface Origin {
  readonly files: Files;
  /** CSV text or records in place of a file. */
  readonly given: string | readonly InputRecord[] | undefined;
  readonly memory: TableMemory;
}

/** The names of columns are asked for before the table is read: both begin with its start. */
function startOf(
  { memory }: Origin,
  file: string,
  source: TableSource,
  reading: ReadingSettings,
): TableStart {
  const settings = readSettings(reading);
  return memory.start(JSON.stringify([file, settings]), () => tableStart(firstOf(source), settings));
}

/** What the language asks for of files and of the names of columns. */
export function hostOf(origin: Origin): Pick<Host, "readFile" | "columns"> {
  const { files, given } = origin;
  return {
    readFile: (path, from) => {
      const read = files.read(path, from);
      return read.ok ? { file: read.file, text: read.text } : { reason: read.reason };
    },
    columns: (path, from, reading = {}, query) => {
      if (given !== undefined && typeof given !== "string") return namesOf(given);
      if (given === undefined && query !== undefined)
        return namesAnswered(files, { path, from, query, reading });
      const table =
        given === undefined ? files.table(path, from) : ({ ok: true, file: "data", table: given } as const);
      // Text that is handed in is no file: it has the column by itself, or not at all.
      const { file_column: _, folder_column: __, ...own } = reading;
      const names = table.ok ? namesIn(origin, table, given === undefined ? reading : own) : [];
      return names.length === 0 ? undefined : names;
    },
  };
}

export function readingOf(table: Table | undefined): string | undefined {
  if (table?.reading === undefined) return undefined;
  return readingNote(table.reading, table.columns.length) ?? undefined;
}

function namesIn(
  origin: Origin,
  { file, table }: { readonly file: string; readonly table: TableSource },
  reading: ReadingSettings,
): readonly string[] {
  try {
    return header(table, readSettings(reading), startOf(origin, file, table, reading));
  } catch (error) {
    // Reading its rows says so.
    if (error instanceof UnreadableTable) return [];
    throw error;
  }
}

function namesOf(records: readonly InputRecord[]): readonly string[] {
  return [...new Set(records.flatMap((record) => Object.keys(record)))];
}

export function readTable(data: DataSettings, from: string, origin: Origin): ReadTableOf {
  const read = readRows(data, from, origin);
  const { picture } = origin.files;
  if (read.table === undefined || picture === undefined) return read;
  // What is handed in lies where the file does, and so do the names that a database answers.
  const table =
    origin.given === undefined && data.query === undefined ? fileOfTable(data, from, origin) : from;
  const found = withPictures(read.table, pictureColumns(data), (path) => picture(path, table), data);
  return found.ok
    ? { ...read, table: found.value }
    : { diagnostics: [...read.diagnostics, ...found.diagnostics] };
}

function fileOfTable({ source }: DataSettings, from: string, { files }: Origin): string {
  return files.table(source, from).file;
}

function readRows(data: DataSettings, from: string, origin: Origin): ReadTableOf {
  const { files, given } = origin;
  const reading = readSettings(data);
  const settings = (file: string, table: TableSource) => ({
    ...reading,
    start: () => startOf(origin, file, table, data),
    storage: files.storage,
  });
  if (given !== undefined) {
    return outcome(tableOf(given, "data", typeof given === "string" ? settings("data", given) : reading));
  }
  const { query } = data;
  if (query !== undefined)
    return answered(data, askDatabase(files, { path: data.source, from, query, reading: data }), from);
  const read = files.table(data.source, from);
  if (!read.ok) return unreadable(read, from, data);
  return outcome(tableOf(read.table, read.file, settings(read.file, read.table), data));
}

function unreadable(
  { file, reason }: { readonly file: string; readonly reason: string },
  from: string,
  data: DataSettings,
): ReadTableOf {
  const notes = [`\`source\` is relative to ${from}.`, ...aboutPatterns(data.source, reason)];
  return { diagnostics: [unreadableData(file, reason, notes, data)] };
}

/** Of a folder, and of what is no pattern here. */
function aboutPatterns(source: string, reason: string): readonly string[] {
  if (reason === IS_DIRECTORY) {
    const folder = source.endsWith("/") ? source.slice(0, -1) : source;
    return [
      `Several files are a pattern: \`"${folder}/*.csv"\`, or of pictures with a folder for each class \`"${folder}/*/*.png"\`.`,
    ];
  }
  return /[*?]/.test(source) && /[{}[\]]/.test(source)
    ? ["A pattern has `*`, `**` and `?`, and all else stands for itself: `*/*` takes files of all endings."]
    : [];
}

function answered(data: DataSettings, queried: Queried, from: string): ReadTableOf {
  if (!queried.ok) return unreadable(queried, from, data);
  const { result } = queried;
  const problems = "table" in result ? warningsFor(data, result.warnings) : result.problems;
  const diagnostics = problems.map((problem) => fromData(problem, data));
  return "table" in result ? { table: result.table, diagnostics } : { diagnostics };
}

function outcome(read: Checked<Table>): ReadTableOf {
  return read.ok ? { table: read.value, diagnostics: read.diagnostics } : { diagnostics: read.diagnostics };
}

export function prepareTable(
  read: ReadTableOf,
  data: DataSettings,
  predicts: TargetKind,
  dealing: Dealing,
): FittedTable {
  if (read.table === undefined) return read;
  const result = prepareData(read.table, data, predicts, dealing);
  const problems = "prepared" in result ? result.warnings : result.problems;
  const diagnostics = [...read.diagnostics, ...problems.map((problem) => fromData(problem, data))];
  return "prepared" in result
    ? { ...read, prepared: result.prepared, diagnostics }
    : { ...read, diagnostics };
}
