// What a study says at the end: each metric over the runs, how the expectations come out for the mean, where the study is, and
// how to go on with one that is not done.

import { count } from "@netwright/definitions";
import type { Diagnostic, Expectation } from "@netwright/lang";
import { type Metrics, metrics as metricDefinitions } from "@netwright/runtime";
import {
  judgeValues,
  plannedRuns,
  type StudyMetrics,
  type StudyRecord,
  studyMetrics,
  unmet,
  type Verdict,
} from "netwright";
import { expectationsList } from "../output/expectations-list.ts";
import { brief, duration } from "../output/numbers.ts";
import { prose } from "../output/prose.ts";
import { renderTable } from "../output/table.ts";
import { EXIT, type ExitCode } from "../usage/exit-code.ts";
import type { Session } from "../usage/session.ts";
import type { MissingModel } from "./missing-models.ts";
import { commandsText, type NextCommand, predictCommand, resumeCommand } from "./next-commands.ts";

const SPLITS = ["train", "validation", "test"] as const;

export interface StudyReport {
  readonly metrics: StudyMetrics;
  readonly verdicts: readonly Verdict[];
  /** Of the models together, on test rows; null where they are not kept. */
  readonly together: Metrics | null;
  readonly effort: Effort;
}

/** Of the command that reports. */
export interface Effort {
  /** Models that were to be kept and are not in the folder of the study. */
  readonly missing: readonly MissingModel[];
  /** How many runs were done before. */
  readonly before: number;
  /** How long the others took, by the clock. */
  readonly seconds: number;
}

/** Expectations are held against the mean over the runs; of a study that is not done they are not judged. */
export function studyReport(
  record: StudyRecord,
  expected: readonly Expectation[],
  together: Metrics | null,
  effort: Effort,
): StudyReport {
  const metrics = studyMetrics(record.runs.map((run) => run.metrics));
  const verdicts =
    record.status === "completed"
      ? judgeValues(expected, ({ split, label }) => metrics[split]?.[label]?.mean ?? null)
      : [];
  return { metrics, verdicts, together, effort };
}

export function unmetByMean(
  { verdicts }: StudyReport,
  sources: Parameters<typeof unmet>[1],
): readonly Diagnostic[] {
  return unmet(verdicts, sources).map((one) => ({
    ...one,
    notes: [...one.notes, "It is the mean over the runs."],
  }));
}

export function studyExit({ status }: StudyRecord, { verdicts }: StudyReport): ExitCode {
  if (status === "interrupted") return EXIT.interrupted;
  if (status !== "completed") return EXIT.error;
  return verdicts.every(({ outcome }) => outcome.passed) ? EXIT.ok : EXIT.unmet;
}

export function studyJson(record: StudyRecord, report: StudyReport, directory: string | null) {
  const { status, plan, backend, keep } = record;
  return {
    study: directory,
    status,
    backend,
    seeds: plan.seeds,
    folds: plan.folds,
    repeats: plan.repeats,
    planned: plannedRuns(plan).length,
    keep,
    ...(keep ? { missing: report.effort.missing.map(({ run, found }) => ({ run, found })) } : {}),
    seconds: { total: report.effort.seconds },
    metrics: Object.fromEntries(SPLITS.map((split) => [split, ofSplit(report.metrics[split])])),
    ...(report.together === null ? {} : { together: { test: report.together } }),
    expectations: report.verdicts.map(({ outcome }) => outcome),
    runs: record.runs.map(({ repeat, fold, seed, status, epochs, metrics, seconds, hash }) => ({
      repeat,
      fold,
      seed,
      status,
      epochs: epochs.completed,
      best_epoch: epochs.best,
      metrics,
      seconds: { total: seconds.total, train: seconds.train },
      hash: { ir: hash.ir, data: hash.data, weights: hash.weights, run: hash.run },
    })),
  };
}

function ofSplit(spreads: StudyMetrics["test"]) {
  if (spreads === null) return null;
  return Object.fromEntries(
    Object.entries(spreads).map(([label, { mean, deviation, standardError }]) => [
      label,
      { mean, deviation, standard_error: standardError },
    ]),
  );
}

/**
 * `directory` is null where the record could not be saved; `data` is the table that the models were trained on, null where there
 * is no file of it.
 */
export function studyText(
  record: StudyRecord,
  { metrics, verdicts, together, effort }: StudyReport,
  directory: string | null,
  data: string | null,
  session: Session,
): string {
  const { options, colours, width } = session;
  if (options.quiet) return directory === null ? "" : `${directory}\n`;
  const parts = [
    ...SPLITS.flatMap((split) => {
      const joint = split === "test" ? together : null;
      const rows = rowsOf(metrics[split], joint);
      const titles = joint === null ? TITLES : [...TITLES, "together"];
      const columns = [{ title: split }, ...titles.map((title) => ({ title, align: "right" as const }))];
      return rows.length === 0 ? [] : [renderTable(columns, rows, { colours, width })];
    }),
    expectationsList(
      verdicts.map(({ outcome }) => outcome),
      colours,
    ),
    `${prose(endingOf(record, effort), width)}\n${directory === null ? "The study is not saved." : `Saved: ${colours.bold(directory)}`}\n`,
    directory === null
      ? ""
      : commandsText(nextCommands(record, effort, { directory, data }, session), session),
  ];
  return `\n${parts.filter((part) => part !== "").join("\n")}`;
}

function nextCommands(
  { status, keep }: StudyRecord,
  { missing }: Effort,
  { directory, data }: { readonly directory: string; readonly data: string | null },
  session: Session,
): readonly NextCommand[] {
  if (status !== "completed") return [resumeCommand(directory, session)];
  return keep && missing.length === 0 ? [predictCommand(directory, data, session)] : [];
}

const TITLES = ["mean", "deviation", "standard error", "least", "most"] as const;

/** `together` are the metrics of all models together, where they are known. */
function rowsOf(spreads: StudyMetrics["test"], together: Metrics | null): string[][] {
  return Object.entries(spreads ?? {}).map(([label, { values, mean, deviation, standardError }]) => {
    const metric = metricDefinitions.get(label.replace(/\(.*$/s, ""));
    const isFraction = metric?.unit === "fraction";
    const cell = (value: number | null) => brief(value === null || !isFraction ? value : value * 100);
    const defined = values.filter((value) => value !== null);
    const ends = defined.length === 0 ? [null, null] : [Math.min(...defined), Math.max(...defined)];
    const known = metric === undefined || label !== metric.name ? label : metric.title;
    // A run without an interval has no coverage, and the mean is that of the others.
    const isOfAll = defined.length === 0 || defined.length === values.length;
    const title = isOfAll ? known : `${known}, ${defined.length} of ${count(values.length, "run")}`;
    const joint = together === null ? [] : [together[label] ?? null];
    const shown = [mean, deviation, standardError, ...ends, ...joint];
    return [isFraction ? `${title} (%)` : title, ...shown.map(cell)];
  });
}

function endingOf({ status, plan, keep, runs }: StudyRecord, { before, seconds }: Effort): string {
  const all = plannedRuns(plan).length;
  const how = [
    ...(plan.folds === null ? [] : [count(plan.folds, "fold")]),
    ...(plan.repeats === 1 ? [] : [`${plan.repeats} times`]),
    ...(plan.seeds.length === 1 ? [] : [count(plan.seeds.length, "seed")]),
  ];
  const of = how.length === 0 ? "" : ` (${how.join(", ")})`;
  if (status === "completed") {
    const left = all - before;
    const kept = keep ? "" : ` ${UNKEPT}`;
    if (left === 0) return `Done before: ${count(all, "run")}${of}; nothing was left to train.${kept}`;
    const which = before === 0 ? "" : left === 1 ? "the last of " : `the last ${left} of `;
    return `Trained ${which}${count(all, "run")}${of} in ${duration(seconds)}.${kept}`;
  }
  const what = status === "interrupted" ? "Interrupted" : "Ended by a run that failed";
  const measured = runs.length === 0 ? "" : "; the metrics are those of the runs that are done";
  return `${what} after ${runs.length} of ${count(all, "run")}${of}${measured}.`;
}

/** Said before the first run, too: afterwards it is too late. */
export const UNKEPT =
  "The results are kept and the models are not; a study with `--keep` keeps them, to predict with.";
