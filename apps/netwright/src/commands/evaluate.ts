// `netwright evaluate RUN --data FILE`: how good a saved model is on other labelled rows.

import { thresholdOf } from "@netwright/data";
import { at, count } from "@netwright/definitions";
import { Command } from "commander";
import {
  accept,
  type Checked,
  type EvaluatedTable,
  type LoadedModel,
  type ModelsTogether,
  unmet,
} from "netwright";
import { confusionTable } from "../output/confusion-table.ts";
import { expectationsList } from "../output/expectations-list.ts";
import { measuredTarget, metricsTable } from "../output/metrics-table.ts";
import { guarded, openRun, type ReadRun, readingOfRun, readSavedRun } from "../project/open-run.ts";
import { ownTestGroups, ownTestRows } from "../project/own-test-rows.ts";
import { readingLine, readTable } from "../project/read-table.ts";
import { EXIT } from "../usage/exit-code.ts";
import {
  type BackendOptions,
  type CommonOptions,
  withAllow,
  withBackend,
  withCommon,
  withQuiet,
} from "../usage/options.ts";
import type { Perform } from "../usage/perform.ts";
import { type CommandResult, done, failedWith } from "../usage/result.ts";
import type { Session } from "../usage/session.ts";

type EvaluateOptions = CommonOptions &
  BackendOptions & { readonly data?: string; readonly allow?: readonly string[] };

export function evaluateCommand(perform: Perform): Command {
  const command = new Command("evaluate")
    .description("Measures a saved model on labelled rows, and holds them against its `test` expectations")
    .argument("<run>", "the directory of a run, or of a study that was trained with --keep")
    .option(
      "-d, --data <file>",
      "a table with the features and the target, in any format, or - for standard input (default: the run's own test rows)",
    );
  return withCommon(
    withQuiet(withAllow(withBackend(command)), "nothing but problems; the exit code tells the rest"),
    "evaluate runs/concrete-1a2b3c4d5e6f --data more.csv",
  ).action((run: string, options: EvaluateOptions) =>
    perform(options, (session) => evaluate(session, run, options)),
  );
}

async function evaluate(session: Session, run: string, options: EvaluateOptions): Promise<CommandResult> {
  const saved = await readSavedRun(run);
  const chosen = await rowsOf(saved, run, options, session);
  const opened = await openRun(saved, 0, options);
  if (!opened.ok || !chosen.ok) {
    if (opened.ok) opened.value.model.dispose();
    return failedWith(session, opened, ...(chosen === saved ? [] : [chosen]));
  }
  const { backend, model, note, together } = opened.value;
  if (together !== null) session.report(opened.diagnostics);
  const others = saved.ok ? (saved.value.study?.saved.slice(1) ?? []).map(({ encoders }) => encoders) : [];
  const models = 1 + others.length;
  const of = models === 1 ? model.name : `${models} models of ${model.name} together`;
  session.say(`Evaluating ${of} on ${backend.name}: ${chosen.value.what}`);
  if (note !== undefined) session.say(note);
  if (chosen.value.read !== null) session.say(chosen.value.read);
  const evaluated = await guarded(() => chosen.value.measure(model, together));
  model.dispose();
  // A column that is looked for may be one that could not be read.
  if (!evaluated.ok) return failedWith(session, chosen, evaluated);
  session.report(evaluated.diagnostics, evaluated.sources);

  const { evaluation, baseline, naive, verdicts } = evaluated.value;
  const { rows, loss, metrics, confusion } = evaluation;
  const split = {
    title: "value",
    shortTitle: "value",
    rows,
    metrics,
    ...(baseline === null ? {} : { baseline }),
    ...(naive === undefined ? {} : { naive }),
  };
  const expectations = verdicts.map(({ outcome }) => outcome);
  const parts = [
    metricsTable([split], measuredTarget(model.encoders, others), session),
    confusionTable(confusion, session),
    expectationsList(expectations, session.colours),
  ];
  session.report(unmet(verdicts, evaluated.sources));
  const exit = expectations.every(({ passed }) => passed) ? EXIT.ok : EXIT.unmet;
  const text = options.quiet ? "" : parts.filter((part) => part !== "").join("\n");
  const threshold = thresholdOf(model.encoders);
  // Those of a study each have their own, unless the file states it.
  const isOfAll = others.every((one) => thresholdOf(one) === threshold);
  const json = { run, backend: backend.name, rows, loss, metrics, baseline, expectations };
  const more = {
    ...(naive === undefined ? {} : { naive }),
    ...(models === 1 ? {} : { models }),
    ...(threshold === null || !isOfAll ? {} : { threshold }),
    ...(confusion === null ? {} : { confusion }),
  };
  return done(text, { ...json, ...more }, exit);
}

/** Labelled rows, and how a model is measured on them. */
interface Rows {
  readonly what: string;
  /** How their table was read, where that needs saying. */
  readonly read: string | null;
  readonly measure: (model: LoadedModel, together: ModelsTogether | null) => Promise<Checked<EvaluatedTable>>;
}

async function rowsOf(
  saved: Checked<ReadRun>,
  run: string,
  { data, allow = [] }: EvaluateOptions,
  session: Session,
): Promise<Checked<Rows>> {
  if (data !== undefined) {
    const table = await readTable(data, session.io, readingOfRun(saved));
    if (!table.ok) return table;
    const what = `${count(table.value.rows, "row")} of ${table.value.name}`;
    const measure = (model: LoadedModel) => model.evaluate(table.value);
    return accept({ what, read: readingLine(table.value), measure }, table.diagnostics);
  }
  if (!saved.ok) return saved;
  const { study } = saved.value;
  if (study !== null) {
    const apart = await ownTestGroups(study, allow);
    if (!apart.ok) return apart;
    const { groups, source } = apart.value;
    const rows = groups.reduce((sum, { split }) => sum + split.rows, 0);
    const what =
      groups.length === 1
        ? `their own ${count(rows, "test row")} of ${source}`
        : `${count(rows, "test row")} of ${source}, each by the models that have not learned it`;
    return accept({
      what,
      read: null,
      measure: async (model, together) =>
        together === null ? model.evaluateTest(at(groups, 0).split) : together.evaluateApart(groups),
    });
  }
  const own = await ownTestRows(saved.value.bundle, run, allow);
  if (!own.ok) return own;
  const { split, source } = own.value;
  const what = `its own ${count(split.rows, "test row")} of ${source}`;
  return accept({ what, read: null, measure: (model) => model.evaluateTest(split) });
}
