// What `netwright train` says at the end: the metrics, how the expectations came out, where the run is, and
// what to do next.

import { count } from "@netwright/definitions";
import type { RunRecord, RunStatus } from "@netwright/runtime";
import type { TrainedRun } from "netwright";
import { expectationsList } from "../output/expectations-list.ts";
import { type MeasuredSplit, measuredTarget, metricsTable } from "../output/metrics-table.ts";
import { duration } from "../output/numbers.ts";
import { prose } from "../output/prose.ts";
import { EXIT, type ExitCode } from "../usage/exit-code.ts";
import type { Session } from "../usage/session.ts";
import { commandsText, type NextCommand, predictCommand, resumeCommand } from "./next-commands.ts";

const SPLITS = [
  { name: "train", title: "train", shortTitle: "train" },
  { name: "validation", title: "validation", shortTitle: "val" },
  { name: "test", title: "test", shortTitle: "test" },
] as const;

export function trainingExit({ result, bundle }: TrainedRun): ExitCode {
  if (result.status === "interrupted") return result.fault === undefined ? EXIT.interrupted : EXIT.error;
  if (result.status === "non_finite") return EXIT.error;
  return bundle.record.expectations.every(({ passed }) => passed) ? EXIT.ok : EXIT.unmet;
}

export function trainingJson({ bundle, chosen }: TrainedRun, run: string | null, total: number) {
  const { status, backend, epochs, splits, seed, seconds, hash, expectations, threshold } = bundle.record;
  return {
    run,
    status,
    backend: backend.name,
    seed,
    epochs: epochs.completed,
    best_epoch: epochs.best,
    metrics: Object.fromEntries(SPLITS.map(({ name }) => [name, splits[name]?.metrics ?? null])),
    baseline: Object.fromEntries(SPLITS.map(({ name }) => [name, splits[name]?.baseline ?? null])),
    ...(SPLITS.every(({ name }) => splits[name]?.naive === undefined)
      ? {}
      : { naive: Object.fromEntries(SPLITS.map(({ name }) => [name, splits[name]?.naive ?? null])) }),
    ...(SPLITS.every(({ name }) => splits[name]?.teacher === undefined)
      ? {}
      : { teacher: Object.fromEntries(SPLITS.map(({ name }) => [name, splits[name]?.teacher ?? null])) }),
    ...(threshold === undefined ? {} : { threshold }),
    ...(chosen === null ? {} : { members: chosen }),
    expectations,
    seconds: { total, train: seconds.train },
    hash: { ir: hash.ir, data: hash.data, weights: hash.weights, run: hash.run },
  };
}

/** `directory` is null when the run could not be saved; `data` is the table it was trained on. */
export function trainingText(
  { bundle, encoders, chosen }: TrainedRun,
  directory: string | null,
  data: string | null,
  session: Session,
): string {
  const { options, colours, width } = session;
  // All that a script needs to go on.
  if (options.quiet) return directory === null ? "" : `${directory}\n`;
  const { record } = bundle;
  const splits = SPLITS.flatMap(({ name, title, shortTitle }): MeasuredSplit[] => {
    const split = record.splits[name];
    return split === null ? [] : [{ ...split, title, shortTitle }];
  });
  const choice =
    chosen === null
      ? ""
      : `\n${chosen.members} of ${count(chosen.of, "member")} ${chosen.members === 1 ? "predicts" : "predict"}, chosen on the validation rows.`;
  const ending = `${endings[record.status](record)}${choice}`;
  const commands = directory === null ? [] : nextCommands(record.status, directory, data, session);
  const parts = [
    splits.length === 0 ? "" : metricsTable(splits, measuredTarget(encoders), { colours, width }),
    expectationsList(record.expectations, colours),
    `${prose(ending, width)}\n${directory === null ? "The run is not saved." : `Saved: ${colours.bold(directory)}`}\n`,
    commandsText(commands, session),
  ];
  return `\n${parts.filter((part) => part !== "").join("\n")}`;
}

const endings: { readonly [S in RunStatus]: (record: RunRecord) => string } = {
  completed: (record) => `Trained ${trained(record)}.`,
  stopped_early: (record) =>
    `Stopped early after ${trained(record)}; the weights are those of epoch ${record.epochs.best ?? record.epochs.completed}.`,
  interrupted: (record) =>
    `Interrupted after ${record.epochs.completed} of ${count(record.epochs.planned, "epoch")}; ${record.splits.train === null ? "nothing could be measured" : `the metrics are those of ${kept(record)}`}.`,
  imported: () => "Trained by another tool, and imported.",
  non_finite: (record) =>
    `Training failed after ${trained(record)}; the last weights that were finite are kept.`,
};

/** The weights of an interrupted training. */
function kept({ epochs: { best, completed } }: RunRecord): string {
  return best === null || best === completed
    ? "the weights so far"
    : `the weights of epoch ${best}, the best so far`;
}

function trained({ epochs, seconds }: RunRecord): string {
  return `${count(epochs.completed, "epoch")} in ${duration(seconds.train)}`;
}

function nextCommands(status: RunStatus, run: string, data: string | null, session: Session) {
  const predict = predictCommand(run, data, session);
  const commands: { readonly [S in RunStatus]: readonly NextCommand[] } = {
    completed: [predict],
    stopped_early: [predict],
    interrupted: [resumeCommand(run, session)],
    imported: [predict],
    non_finite: [],
  };
  return commands[status];
}
