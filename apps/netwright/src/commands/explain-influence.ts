// `netwright explain RUN --importance` and `--dependence COLUMN`: what the columns of a table do to what a saved model predicts.

import { whenLoaded } from "@netwright/data";
import { count, type SplitName } from "@netwright/definitions";
import {
  accept,
  type Checked,
  type Dependence,
  findBackend,
  fromOutcome,
  type Importances,
  labelledRows,
  measureDependence,
  measureImportance,
  projectError,
  reject,
  type Subject,
} from "netwright";
import { dependenceText, importanceText } from "../output/influence-text.ts";
import { guarded, type ReadRun, readingOfRun, readSavedRun } from "../project/open-run.ts";
import { ownRows } from "../project/own-test-rows.ts";
import { readTable } from "../project/read-table.ts";
import { type BackendOptions, type CommonOptions, threadsOf } from "../usage/options.ts";
import { type CommandResult, done, failedWith } from "../usage/result.ts";
import type { Session } from "../usage/session.ts";

export interface InfluenceOptions extends CommonOptions, Partial<BackendOptions> {
  readonly importance?: boolean;
  readonly dependence?: readonly string[];
  readonly data?: string;
  readonly split?: SplitName;
  readonly repeats?: number;
  readonly metric?: string;
  readonly allow?: readonly string[];
}

export async function explainInfluence(
  session: Session,
  run: string,
  options: InfluenceOptions,
): Promise<CommandResult> {
  const saved = await readSavedRun(run);
  if (!saved.ok) return failedWith(session, saved);
  const rows = await rowsOf(saved.value, run, options, session);
  if (!rows.ok) return failedWith(session, rows);
  const backend = fromOutcome(await findBackend(options.backend));
  if (!backend.ok) return failedWith(session, backend);
  session.report(rows.diagnostics, rows.sources);
  const { split, what } = rows.value;
  const { model: file } = saved.value.bundle;
  const subject = {
    file,
    saved: saved.value.saved,
    split,
    backend: backend.value,
    options: threadsOf(options),
  };
  const { encoders } = subject.saved;
  const found = await guarded(() => measured(subject, options));
  if (!found.ok) return failedWith(session, found);
  const { importance, dependence } = found.value;
  const text = [
    ...(importance === null ? [] : [importanceText(importance, what, encoders, session)]),
    ...dependence.map((one) => dependenceText(one, what, encoders, session)),
  ].join("\n");
  return done(text, {
    run,
    backend: backend.value.name,
    rows: split.rows,
    ...(importance === null ? {} : { importance }),
    ...(dependence.length === 0 ? {} : { dependence }),
  });
}

interface Measured {
  readonly importance: Importances | null;
  readonly dependence: readonly Dependence[];
}

async function measured(
  subject: Subject,
  { importance, dependence: columns = [], metric, repeats }: InfluenceOptions,
): Promise<Checked<Measured>> {
  const dependence: Dependence[] = [];
  for (const column of columns) {
    const found = await measureDependence(subject, column);
    if (!found.ok) return found;
    dependence.push(found.value);
  }
  if (importance !== true) return accept({ importance: null, dependence });
  const found = await measureImportance(subject, {
    ...(metric === undefined ? {} : { metric }),
    ...(repeats === undefined ? {} : { repeats }),
  });
  return found.ok ? accept({ importance: found.value, dependence }) : found;
}

interface Rows {
  readonly split: Subject["split"];
  readonly what: string;
}

async function rowsOf(
  read: ReadRun,
  run: string,
  { data, split: name = "test", allow = [] }: InfluenceOptions,
  session: Session,
): Promise<Checked<Rows>> {
  const { bundle, saved, study } = read;
  if (study !== null) return reject([severalModels(run, study)]);
  if (data === undefined) {
    const own = await ownRows(bundle, run, allow, name);
    if (!own.ok) return own;
    const { split, source } = own.value;
    return accept({ split, what: `${count(split.rows, `${name} row`)} of ${source}` });
  }
  const table = await readTable(data, session.io, readingOfRun(accept(read)));
  if (!table.ok) return table;
  const labelled = await whenLoaded(() => labelledRows(saved, table.value));
  if (!labelled.ok) return reject(labelled.diagnostics);
  const { value: split, diagnostics } = labelled;
  return accept({ split, what: `${count(split.rows, "row")} of ${table.value.name}` }, diagnostics);
}

/** The influence of a column is that on one model; those of a study may differ in it. */
function severalModels(study: string, { runs }: NonNullable<ReadRun["study"]>) {
  return projectError(
    "NW0733",
    `the study \`${study}\` is ${count(runs.length, "model")}, and the influence of columns is that on one`,
    [`Ask each run by itself, such as \`${runs[0]?.directory}\`.`],
    undefined,
  );
}
