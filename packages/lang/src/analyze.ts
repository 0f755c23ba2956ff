// The way from text to model: reads the file and what it uses, reads the overrides, resolves. One call, plain
// data on both sides; it never throws for what a user wrote.

import { type Catalog, count, hasError } from "@netwright/definitions";
import type { Diagnostic } from "./diagnostic.ts";
import type { DataSettings, Model } from "./model/model.ts";
import { createReport } from "./report.ts";
import type { StepRun } from "./resolve/flow/expansion.ts";
import { type Override, readOverrides } from "./resolve/overrides.ts";
import { resolve } from "./resolve/resolve.ts";
import type { Resolved } from "./resolve/resolve-file.ts";
import { type Host, readUses } from "./resolve/uses.ts";
import { type Sources, type SourceText, sourceText } from "./source/source-text.ts";
import { parse } from "./syntax/parse.ts";
import { silencedBy } from "./syntax/silence.ts";
import type { File, Step } from "./syntax/tree.ts";

export interface AnalyzeOptions {
  readonly catalog: Catalog;
  readonly host: Host;
  /** Applied before anything is derived from what they set. */
  readonly overrides?: readonly Override[];
}

export interface Analysis {
  /** Of the main file, however broken. */
  readonly tree: File;
  /** The files that it uses, directly or through others, in the order they are first named. */
  readonly used: readonly File[];
  /** What the steps of all flows did, each time they were run, as far as shapes are known. */
  readonly runs: ReadonlyMap<Step, readonly StepRun[]>;
  /** Absent when there are errors, and when the header of the data is needed and cannot be read. */
  readonly model?: Model;
  /** Present whenever the `data` section is sound, so that the caller can look at the data in any case. */
  readonly data?: DataSettings;
  /** Sorted: the main file first, then the files it uses, then the overrides, each by place. */
  readonly diagnostics: readonly Diagnostic[];
  /** The texts that the spans of all of these point into. */
  readonly sources: Sources;
}

/** Diagnostics that are returned at most; the last one then says how many more there are. */
const MOST_DIAGNOSTICS = 1_000;

export function analyze(
  source: { readonly file: string; readonly text: string },
  options: AnalyzeOptions,
): Analysis {
  const { catalog, host, overrides = [] } = options;
  const sources = new Map<string, SourceText>();
  const main = sourceText(source.file, source.text);
  sources.set(source.file, main);
  const reading = createReport();
  const tree = parse(main, reading);
  const unreadable = tree.items.length === 0 && tree.broken;
  const files = [tree];
  const report = createReport(silencedBy(reading, files, sources));
  const used = readUses(tree, sources, host, reading, report);
  files.push(...used);
  const setting = readOverrides(overrides, sources, reading);
  const resolved: Resolved = unreadable
    ? { runs: new Map() }
    : resolve(tree, used, setting, host, { catalog, report, sources });
  const found = [...reading.diagnostics, ...report.diagnostics];
  const diagnostics = limit(inOrder(found, sources), main);
  const { model, ...rest } = resolved;
  const sound = !hasError(diagnostics);
  return { tree, used, ...rest, ...(sound && model !== undefined ? { model } : {}), diagnostics, sources };
}

function inOrder(diagnostics: readonly Diagnostic[], sources: Sources): Diagnostic[] {
  const files = new Map([...sources.keys()].map((file, i) => [file, i]));
  const rank = ({ span }: Diagnostic): number =>
    span === undefined ? -1 : (files.get(span.file) ?? files.size);
  return [...diagnostics].sort(
    (a, b) => rank(a) - rank(b) || (a.span?.start ?? 0) - (b.span?.start ?? 0) || (a.code < b.code ? -1 : 1),
  );
}

function limit(diagnostics: readonly Diagnostic[], main: SourceText): readonly Diagnostic[] {
  const more = diagnostics.length - MOST_DIAGNOSTICS;
  if (more <= 0) return diagnostics;
  const end = main.text.length;
  const severity = hasError(diagnostics) ? "error" : "warning";
  const span = { file: main.file, start: end, end };
  const message = `${count(more, "more problem")} are not shown`;
  return [...diagnostics.slice(0, MOST_DIAGNOSTICS), { code: "NW0115", severity, span, message, notes: [] }];
}
