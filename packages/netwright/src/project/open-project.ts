// From a `.net` text to everything known before training: the model, its table, the prepared splits, and all
// that is wrong with any of them, in one go.

import { header, type Prepared, readCsv, type Table } from "@netwright/data";
import {
  analyze,
  type DataSettings,
  type Diagnostic,
  type Host,
  type Model,
  type Override,
  type Sources,
} from "@netwright/lang";
import { catalog } from "../catalog/catalog.ts";
import type { Files } from "../files/files.ts";
import { prepareData } from "./data-plan.ts";
import { fromData, hasError, projectError } from "./diagnostics.ts";

export interface ProjectSource {
  /** Names the text in messages; other files are found relative to it. */
  readonly file: string;
  readonly text: string;
}

export interface ProjectOptions {
  readonly files: Files;
  readonly overrides?: readonly Override[];
  /** In place of the file that the `data` section names. */
  readonly table?: Table;
}

/** What is missing could not be had; the diagnostics say why. */
export interface Project {
  readonly model: Model | undefined;
  readonly data: DataSettings | undefined;
  readonly prepared: Prepared | undefined;
  readonly diagnostics: readonly Diagnostic[];
  readonly sources: Sources;
  readonly overrides: readonly Override[];
}

export function openProject(source: ProjectSource, options: ProjectOptions): Project {
  const { files, overrides = [], table } = options;
  const analysis = analyze(source, { catalog, host: hostOf(files, table), overrides });
  const { data, sources } = analysis;
  const read = data === undefined ? undefined : readTable(data, source.file, files, table);
  const prepared =
    data === undefined || read?.table === undefined || hasError(analysis.diagnostics)
      ? undefined
      : prepareTable(read.table, data);
  const diagnostics = [
    ...analysis.diagnostics,
    ...(read?.diagnostics ?? []),
    ...(prepared?.diagnostics ?? []),
  ];
  return {
    model: analysis.model,
    data,
    prepared: prepared?.prepared,
    diagnostics,
    sources,
    overrides,
  };
}

function hostOf(files: Files, table: Table | undefined): Host {
  return {
    readFile: (path, from) => {
      const read = files.read(path, from);
      return read.ok ? { file: read.file, text: read.text } : undefined;
    },
    columns: (path, from) => {
      if (table !== undefined) return table.columns.map(({ name }) => name);
      const read = files.read(path, from);
      if (!read.ok) return undefined;
      const names = header(read.text);
      return names.length === 0 ? undefined : names;
    },
  };
}

function readTable(
  data: DataSettings,
  from: string,
  files: Files,
  table: Table | undefined,
): { readonly table?: Table; readonly diagnostics: readonly Diagnostic[] } {
  if (table !== undefined) return { table, diagnostics: [] };
  const read = files.read(data.source, from);
  if (!read.ok) {
    const message = `the data file \`${read.file}\` cannot be read: ${read.reason}`;
    const notes = [`\`source\` is relative to ${from}.`];
    return { diagnostics: [projectError("NW0610", message, notes, data.spans["source"])] };
  }
  const result = readCsv(read.text, { name: read.file });
  if ("table" in result) return { table: result.table, diagnostics: [] };
  return { diagnostics: result.problems.map((problem) => fromData(problem, data)) };
}

function prepareTable(
  table: Table,
  data: DataSettings,
): { readonly prepared?: Prepared; readonly diagnostics: readonly Diagnostic[] } {
  const result = prepareData(table, data);
  if ("prepared" in result) {
    return {
      prepared: result.prepared,
      diagnostics: result.warnings.map((problem) => fromData(problem, data)),
    };
  }
  return { diagnostics: result.problems.map((problem) => fromData(problem, data)) };
}
