// `importance` and `partialDependence` of the public API, over whatever finds a backend.

import { type InputRecord, whenLoaded } from "@netwright/data";
import type { Backend, Outcome, RunBundle } from "@netwright/runtime";
import type { BackendChoice } from "../backends/registry.ts";
import type { FullCatalog } from "../catalog/catalog.ts";
import type { Dependence } from "../influence/dependence.ts";
import type { ImportanceSettings, Importances } from "../influence/importance.ts";
import type { Subject } from "../influence/subject.ts";
import { readingOf } from "../model/loaded-model.ts";
import { savedModel } from "../model/saved-model.ts";
import { valueOrThrow } from "../netwright-error.ts";
import type { Checked } from "../project/result.ts";
import { checkArgument, checkOptions, type Kind, kinds } from "./check-options.ts";
import { tableOf } from "./table-of.ts";
import { fromOutcome } from "./train.ts";

export interface DependenceOptions {
  /** Labelled rows that the model has not learned from: CSV text with a header, or records that hold the target too. */
  readonly data: string | readonly InputRecord[];
  /** `auto` (the default), the name of a backend, a package that holds one, or a backend. */
  readonly backend?: BackendChoice;
  /** At most so many threads compute; by default as many as there are processors to gain from. */
  readonly threads?: number;
  /** What the run names, where that is more than Netwright's own: see `extendCatalog`. */
  readonly catalog?: FullCatalog;
}

export interface ImportanceOptions extends DependenceOptions, ImportanceSettings {}

const DEPENDENCE_OPTIONS: { readonly [K in keyof DependenceOptions]-?: Kind } = {
  data: kinds.rows,
  backend: kinds.backend,
  threads: kinds.threads,
  catalog: kinds.catalog,
};

const IMPORTANCE_OPTIONS: { readonly [K in keyof ImportanceOptions]-?: Kind } = {
  ...DEPENDENCE_OPTIONS,
  metric: kinds.text,
  repeats: kinds.shuffles,
  seed: kinds.seed,
};

export type FindBackend = (choice?: BackendChoice) => Promise<Outcome<Backend>>;

/** @throws NetwrightError when the run, the data or the metric is at fault */
export async function importanceWith(
  findBackend: FindBackend,
  run: RunBundle,
  options: ImportanceOptions,
): Promise<Importances> {
  checkArgument("the run of `importance`", run, kinds.run);
  checkOptions("importance", options, IMPORTANCE_OPTIONS);
  const { metric, repeats, seed, ...others } = options;
  const subject = await subjectOf("importance", findBackend, run, others);
  const settings = {
    ...(metric === undefined ? {} : { metric }),
    ...(repeats === undefined ? {} : { repeats }),
    ...(seed === undefined ? {} : { seed }),
  };
  return valueOrThrow(await measureImportance(subject, settings));
}

/** @throws NetwrightError when the run, the data or the column is at fault */
export async function dependenceWith(
  findBackend: FindBackend,
  run: RunBundle,
  column: string,
  options: DependenceOptions,
): Promise<Dependence> {
  checkArgument("the run of `partialDependence`", run, kinds.run);
  checkArgument("the column of `partialDependence`", column, kinds.text);
  checkOptions("partialDependence", options, DEPENDENCE_OPTIONS);
  return valueOrThrow(
    await measureDependence(await subjectOf("partialDependence", findBackend, run, options), column),
  );
}

async function subjectOf(
  call: string,
  findBackend: FindBackend,
  { model: file }: RunBundle,
  { data, backend: choice, threads, catalog }: DependenceOptions,
): Promise<Subject> {
  checkArgument(`the data of \`${call}\``, data, kinds.rows);
  const saved = valueOrThrow(await savedModel(file, catalog));
  const backend = valueOrThrow(fromOutcome(await findBackend(choice)));
  const table = valueOrThrow(await whenLoaded(() => tableOf(data, "data", readingOf(saved.model))));
  const { labelledRows } = await import("../influence/subject.ts");
  const split = valueOrThrow(await whenLoaded(() => labelledRows(saved, table)));
  return { file, saved, split, backend, options: threads === undefined ? {} : { threads } };
}

/** The rest of it is imported when it is used, as few programs ask. */
export async function measureImportance(
  subject: Subject,
  settings: ImportanceSettings,
): Promise<Checked<Importances>> {
  const { importancesOf } = await import("../influence/importance.ts");
  return importancesOf(subject, settings);
}

export async function measureDependence(subject: Subject, column: string): Promise<Checked<Dependence>> {
  const { dependenceOf } = await import("../influence/dependence.ts");
  return dependenceOf(subject, column);
}
