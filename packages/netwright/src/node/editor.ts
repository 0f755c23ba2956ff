// What a language server needs of Netwright in Node: the catalog, files on disk read again when they change,
// and the weights that layers have. It imports no backend, so that it starts at once.

import { closeSync, statSync } from "node:fs";
import { dirname, isAbsolute, join, normalize } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { header, isPattern, type TableInput } from "@netwright/data";
import type { TargetKind } from "@netwright/definitions";
import type { DataSchema, DataSettings, Diagnostic, Host, Node, ReadingSettings } from "@netwright/lang";
import { openRegular, readStart } from "@netwright/runtime/node";
import { tableOf } from "../api/table-of.ts";
import { type CatalogOption, type FullCatalog, catalog as own } from "../catalog/catalog.ts";
import { countParameters } from "../explain/explain.ts";
import { prepareData, readSettings } from "../project/data-plan.ts";
import { schemaOf } from "../project/data-schema.ts";
import { unreadableData } from "../project/diagnostics.ts";
import { VERSION } from "../version.ts";
import { reasonOf } from "./reason-of.ts";
import { checkReach, checkUsed, readSmallText } from "./regular-file.ts";
import { startBytes, tableFile } from "./table-file.ts";

/** For `startServer` of `@netwright/lsp`. */
export function editorEnvironment({ catalog = own }: CatalogOption = {}) {
  return {
    catalog,
    fileOf,
    uriOf,
    hostOf: (openText: OpenText, folders?: Folders) => hostOf(openText, catalog, folders),
    countParameters: (node: Node) => countParameters(node, catalog),
    dataProblems,
    after,
    now: () => performance.now(),
    version: VERSION,
  };
}

/** The path of a file; a document that is not on a disk is named by its URI. */
function fileOf(uri: string): string {
  try {
    return uri.startsWith("file:") ? fileURLToPath(uri) : uri;
  } catch {
    // A `file:` URI that is no path on this system.
    return uri;
  }
}

function uriOf(file: string): string {
  return isAbsolute(file) ? pathToFileURL(file).href : file;
}

/** The text of a file as it stands in an editor. */
type OpenText = (file: string) => string | undefined;

/** Nobody has asked for what a document names: what is not open in the editor is opened from these folders alone. */
type Folders = () => readonly string[];

const NONE: Folders = () => [];

function hostOf(openText: OpenText, catalog: FullCatalog, folders: Folders = NONE): Host {
  const texts = rereading(readSmallText);
  const starts = rereading((file) => startBytes(readStart(file, START_BYTES)));
  const namesIn = rememberedNames();
  return {
    readFile(path, from) {
      const file = relativeTo(path, from);
      if (file === undefined) return undefined;
      const open = openText(file);
      if (open !== undefined) return { file, text: open };
      try {
        checkUsed(file, reach(from, folders));
        return { file, text: texts(file) };
      } catch (error) {
        return { reason: reasonOf(error) };
      }
    },
    schema: rememberedSchemas(openText, folders, catalog),
    columns(source, from, reading = {}, query = undefined) {
      // Nobody has asked for what a query may take: an editor never asks a database.
      if (query !== undefined) return undefined;
      const file = relativeTo(source, from);
      if (file === undefined) return undefined;
      const start = openText(file) ?? orUndefined(() => allowed(file, from, folders) && starts(file));
      return start ? orUndefined(() => namesIn(file, start, reading)) : undefined;
    },
  };
}

/**
 * Whole paths alone: a document that is on no disk has no folder, and what is no path, such as the URI of another workspace
 * or `.` in a setting, would be one below the folder that the editor was started in.
 */
function reach(from: string, folders: Folders): readonly string[] {
  return [dirname(from), ...folders()].filter((folder) => isAbsolute(folder));
}

/** @throws where it may not be opened */
function allowed(file: string, from: string, folders: Folders): true {
  checkReach(file, reach(from, folders));
  return true;
}

/** Whatever the reason, what is not there or may not be opened is not known; the language says so at its place. */
function orUndefined<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch {
    return undefined;
  }
}

/** The names of columns, found again only when the text or what is said of it is another. */
function rememberedNames() {
  const known = new Map<
    string,
    { readonly start: TableInput; readonly said: string; readonly names: string[] }
  >();
  return (file: string, start: TableInput, reading: ReadingSettings): readonly string[] | undefined => {
    const said = JSON.stringify(reading);
    const before = known.get(file);
    const fits = before !== undefined && before.start === start && before.said === said;
    const names = fits ? before.names : header(start, readSettings(reading));
    if (!fits) known.set(file, { start, said, names });
    return names.length === 0 ? undefined : names;
  };
}

/** Tables that are read in no more time than a pause in typing. For others the file can state what it has to. */
const LARGEST_TABLE = 1 << 22;

/** What the encoders of a table say, fitted again only when the table, or what is said of it, is another. */
function rememberedSchemas(
  openText: OpenText,
  folders: Folders,
  catalog: FullCatalog,
): NonNullable<Host["schema"]> {
  const known = new Map<string, { readonly said: string; readonly schema: DataSchema | undefined }>();
  return (settings, from, predicts) => {
    if (settings.query !== undefined) return undefined;
    const file = relativeTo(settings.source, from);
    if (file === undefined) return undefined;
    const open = openText(file);
    const stamp = open ?? orUndefined(() => (allowed(file, from, folders) ? stampOf(file) : undefined));
    if (stamp === undefined) return undefined;
    const { spans: _, ...meant } = settings;
    const said = JSON.stringify([stamp, predicts, meant], (key, value) =>
      key === "span" ? undefined : value,
    );
    const before = known.get(file);
    if (before?.said === said) return before.schema;
    const schema = schemaOfTable(open ?? file, open === undefined, settings, predicts, catalog);
    known.set(file, { said, schema });
    return schema;
  };
}

/** Changes with the file; undefined for one that is too large. @throws where it is not there */
function stampOf(file: string): string | undefined {
  const { mtimeMs, size } = statSync(file);
  return size > LARGEST_TABLE ? undefined : `${mtimeMs} ${size}`;
}

function schemaOfTable(
  source: string,
  isFile: boolean,
  settings: DataSettings,
  predicts: TargetKind,
  catalog: FullCatalog,
): DataSchema | undefined {
  try {
    const table = isFile ? tableFile(source, LARGEST_TABLE) : source;
    if (table instanceof Uint8Array && table.length > LARGEST_TABLE) return undefined;
    const read = tableOf(table, settings.source, readSettings(settings), settings);
    const result = read.ok ? prepareData(read.value, settings, predicts, { catalog }) : undefined;
    return result !== undefined && "prepared" in result ? schemaOf(result.prepared.encoders) : undefined;
  } catch {
    // Whatever the reason, `check` will say it.
    return undefined;
  }
}

/** Nothing is relative to a document that is not on a disk. */
function relativeTo(path: string, from: string): string | undefined {
  if (isAbsolute(path)) return normalize(path);
  return isAbsolute(from) ? normalize(join(dirname(from), path)) : undefined;
}

/** `read`, done again only when the file has another time or size. @throws what `read` does */
function rereading<T>(read: (file: string) => T): (file: string) => T {
  const known = new Map<string, { readonly stamp: string; readonly value: T }>();
  return (file) => {
    const { mtimeMs, size } = statSync(file);
    const stamp = `${mtimeMs} ${size}`;
    const before = known.get(file);
    if (before?.stamp === stamp) return before.value;
    const value = read(file);
    known.set(file, { stamp, value });
    return value;
  };
}

/** A table that cannot be read; what is wrong in its rows is for `check`, as reading them all takes time. */
function dataProblems(data: DataSettings, from: string, folders: Folders = NONE): readonly Diagnostic[] {
  const { source } = data;
  const file = relativeTo(source, from);
  if (file === undefined || (isPattern(file) && data.query === undefined)) return [];
  try {
    checkReach(file, reach(from, folders));
    closeSync(openRegular(file).descriptor);
    return [];
  } catch (error) {
    return [unreadableData(source, reasonOf(error), [`\`source\` is relative to ${from}.`], data)];
  }
}

/** A header is longer than this in no table that a person made, and the table may be large. */
const START_BYTES = 1 << 18;

function after(milliseconds: number, run: () => void): () => void {
  const timer = setTimeout(run, milliseconds);
  return () => clearTimeout(timer);
}
