// From a `.net` text to everything known before training: the model, its table, the prepared splits, and all
// that is wrong with any of them, in one go.

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
  whenLoaded,
} from "@netwright/data";
import { hasError, type Span, type TargetKind } from "@netwright/definitions";
import {
  analyze,
  type DataSettings,
  type Diagnostic,
  type Host,
  type Model,
  type Override,
  predictedKind,
  type ReadingSettings,
  type Sources,
} from "@netwright/lang";
import { tableOf } from "../api/table-of.ts";
import { type FullCatalog, catalog as own } from "../catalog/catalog.ts";
import { type Files, type Queried, type ReadRunOf, UnreadableTable } from "../files/files.ts";
import { trainingSplits } from "../training/training-splits.ts";
import { adviseOnLastBatch } from "./advise-on-last-batch.ts";
import { adviseOnSchedule } from "./advise-on-schedule.ts";
import { askDatabase, namesAnswered } from "./ask-database.ts";
import { checkExpectations } from "./check-expectations.ts";
import { checkReport } from "./check-report.ts";
import { type Dealing, prepareData, readSettings } from "./data-plan.ts";
import { schemaOf } from "./data-schema.ts";
import { fromData, IS_DIRECTORY, projectError, unreadableData } from "./diagnostics.ts";
import { cannotFold, type Fold, withFold } from "./fold.ts";
import { lastOnly, type Memo } from "./memo.ts";
import { pictureColumns, withPictures } from "./picture-columns.ts";
import type { Checked } from "./result.ts";

export interface ProjectSource {
  /** Names the text in messages; other files are found relative to it. */
  readonly file: string;
  readonly text: string;
}

export interface ProjectOptions {
  readonly files: Files;
  readonly overrides?: readonly Override[];
  /** CSV text or records in place of the file that the `data` section names. */
  readonly data?: string | readonly InputRecord[];
  /** What the file may name: Netwright's catalog where it is not given. */
  readonly catalog?: FullCatalog;
  /** A fold in place of the split that the `data` section asks for. */
  readonly fold?: Fold;
  /** One for all openings of a file that have the table in common. */
  readonly memory?: TableMemory;
}

/** The table as it was last looked at, as it was last read, and as it was last prepared: what is asked for again the same way is not done again. */
export interface TableMemory {
  readonly start: Memo<TableStart>;
  readonly read: Memo<ReadTableOf>;
  readonly fitted: Memo<FittedTable>;
}

export function tableMemory(): TableMemory {
  return { start: lastOnly(), read: lastOnly(), fitted: lastOnly() };
}

/** What is missing could not be had; the diagnostics say why. */
export interface Project {
  readonly catalog: FullCatalog;
  readonly model: Model | undefined;
  readonly data: DataSettings | undefined;
  /** One line on how the table was read; `null` for plain CSV. */
  readonly reading: string | null;
  readonly prepared: Prepared | undefined;
  readonly diagnostics: readonly Diagnostic[];
  readonly sources: Sources;
  readonly overrides: readonly Override[];
  /** The run at a path that its file names; absent where there are no folders. */
  readonly runAt?: (path: string) => Promise<ReadRunOf>;
}

/** The project of a table of any format: it waits for what reads it. */
export async function openAnyProject(source: ProjectSource, options: ProjectOptions): Promise<Project> {
  return whenLoaded(() => openProject(source, options));
}

/** @throws NotYetLoaded where what reads the format of the table has not been used before: see `openAnyProject` */
export function openProject(source: ProjectSource, options: ProjectOptions): Project {
  const { fold, ...others } = options;
  if (fold === undefined) return openWhole(source, others);
  const { files, overrides = [], data: given, catalog = own, memory = tableMemory() } = options;
  const host = hostOf({ files, given, memory });
  // The split of the file is asked for alone, and no rows are dealt out by it.
  const asked = analyze(source, { catalog, host: { ...host, schema: () => undefined }, overrides });
  const data = asked.data;
  if (data === undefined) return openWhole(source, others);
  const why = cannotFold(data.split, catalog);
  if (why === null) {
    const project = openWhole(source, {
      ...others,
      memory,
      overrides: withFold(overrides, data.split, fold, catalog),
    });
    // A param that the split of the file uses is no useless one.
    const unused = new Set(asked.diagnostics.filter(({ code }) => code === UNUSED).map(placeOf));
    const isSaid = (one: Diagnostic) => one.code !== UNUSED || unused.has(placeOf(one));
    return { ...project, diagnostics: project.diagnostics.filter(isSaid) };
  }
  const project = openWhole(source, { ...others, memory });
  return {
    ...project,
    prepared: undefined,
    diagnostics: [
      ...project.diagnostics,
      projectError("NW0618", why, data.window == null ? FOLDLESS : WINDOWED, placeIn(data)),
    ],
  };
}

const UNUSED = "NW0504";

function placeOf({ span }: Diagnostic): string {
  return span === undefined ? "" : `${span.file} ${span.start}`;
}

function placeIn({ spans }: DataSettings): Span | undefined {
  return spans["split"] ?? spans["data"];
}

/** A split by chance would be refused. */
const WINDOWED = [
  "Study it without folds, with several seeds: rows of a window follow one another, and folds are dealt out by chance.",
];

const FOLDLESS = [
  "Study it without folds, with several seeds; or give the file a split by chance, as `random` or `grouped`.",
];

function openWhole(source: ProjectSource, options: Omit<ProjectOptions, "fold">): Project {
  const { files, overrides = [], data: given, catalog = own, memory = tableMemory() } = options;
  const read = (settings: DataSettings): ReadTableOf =>
    memory.read(readingKey(settings), () => readTable(settings, source.file, { files, given, memory }));
  const fit = (settings: DataSettings, predicts: TargetKind): FittedTable =>
    memory.fitted(JSON.stringify([settings, predicts]), () =>
      prepareTable(read(settings), settings, predicts, { catalog, storage: files.storage }),
    );
  let fitted: FittedTable | undefined;
  // The language asks for it where the file does not say how wide the network's input is, or how many classes there are.
  const schema: Host["schema"] = (settings, _, predicts) => {
    fitted = fit(settings, predicts);
    return fitted.prepared === undefined ? undefined : schemaOf(fitted.prepared.encoders);
  };
  const analysis = analyze(source, {
    catalog,
    host: { ...hostOf({ files, given, memory }), schema },
    overrides,
  });
  const { data, model, sources } = analysis;
  if (fitted === undefined && data !== undefined) {
    const predicts = predictedKind(model?.train ?? null, catalog);
    fitted = hasError(analysis.diagnostics) ? read(data) : fit(data, predicts);
  }
  const unfit =
    model === undefined || fitted?.prepared === undefined
      ? []
      : [
          ...checkExpectations(model, fitted.prepared.encoders, catalog),
          ...checkReport(model, fitted.prepared),
          ...adviseOnSchedule(model, trainingSplits(fitted.prepared).train.rows, catalog),
          ...adviseOnLastBatch(model, trainingSplits(fitted.prepared).train.rows, catalog),
        ];
  const reading = readingOf(fitted?.table);
  const { run: readRunOf } = files;
  return {
    catalog,
    model,
    data,
    reading: reading === undefined ? null : `${fitted?.table?.name}: ${reading}`,
    prepared: fitted?.prepared,
    diagnostics: [...analysis.diagnostics, ...(fitted?.diagnostics ?? []), ...unfit],
    sources,
    overrides,
    ...(readRunOf === undefined ? {} : { runAt: (path) => readRunOf(path, source.file) }),
  };
}

/** How its rows are dealt out is nothing to a table: that of several folds is read once, and is the same one for all. */
function readingKey({ split: _, spans, ...settings }: DataSettings): string {
  const others = Object.entries(spans).filter(([path]) => !/^split(\.|$)/.test(path));
  return JSON.stringify([settings, others]);
}

interface ReadTableOf {
  readonly table?: Table;
  readonly diagnostics: readonly Diagnostic[];
}

interface FittedTable extends ReadTableOf {
  readonly prepared?: Prepared;
}

/** Where the table comes from. */
interface Origin {
  readonly files: Files;
  readonly given: ProjectOptions["data"];
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

function hostOf(origin: Origin): Pick<Host, "readFile" | "columns"> {
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

function readingOf(table: Table | undefined): string | undefined {
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

function readTable(data: DataSettings, from: string, origin: Origin): ReadTableOf {
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
    const folder = source.replace(/\/+$/, "");
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
  const problems = "table" in result ? result.warnings : result.problems;
  const diagnostics = problems.map((problem) => fromData(problem, data));
  return "table" in result ? { table: result.table, diagnostics } : { diagnostics };
}

function outcome(read: Checked<Table>): ReadTableOf {
  return read.ok ? { table: read.value, diagnostics: read.diagnostics } : { diagnostics: read.diagnostics };
}

function prepareTable(
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
