// One run of a study: it goes on with what is there of it, and says whether it is done.

import { join } from "node:path";
import type { Diagnostic, Sources } from "@netwright/lang";
import { readRun, removeRun } from "@netwright/runtime/node";
import {
  describePlanned,
  entryOf,
  type FoundInterrupted,
  type PlannedRun,
  type Project,
  planOf,
  type RunPlan,
  readInterrupted,
  runName,
  type StudyEntry,
  type StudyPlan,
} from "netwright";
import type { Session } from "../usage/session.ts";
import type { OpenedStudy, StudyOptions } from "./open-study.ts";
import { type OfStudy, startTask } from "./run-task.ts";
import { saveRun } from "./save-run.ts";

/** Which run it is, and where. */
export interface Turn {
  readonly run: PlannedRun;
  /** From 1. */
  readonly number: number;
  readonly all: number;
  /** Of the study. */
  readonly directory: string;
}

export type Ran = RunDone | RunEnded;

export interface RunDone {
  readonly entry: StudyEntry;
  /** Whether its model is where it was to be, if it was to be kept. */
  readonly isInPlace: boolean;
  /** Removes what was there to go on with: to be called once the record has the run. */
  readonly sweep: () => Promise<void>;
  /** Saves what the record will not have yet, as runs before it are not done: the study goes on with it. */
  readonly keep: () => Promise<void>;
}

/** The study ends with it. */
export interface RunEnded {
  readonly entry: null;
  readonly status: "interrupted" | "failed";
  readonly diagnostics: readonly Diagnostic[];
  readonly sources?: Sources;
  readonly isInPlace: boolean;
  /** Removes what was saved of it: of use where another process has done the run. */
  readonly discard: () => Promise<void>;
}

/** `isEnding`: whether somebody has asked the study to end. */
export async function studyRun(
  session: Session,
  study: OpenedStudy,
  turn: Turn,
  options: StudyOptions,
  of: Omit<OfStudy, "isFirst"> & { readonly isEnding: () => boolean },
): Promise<Ran> {
  const { directory } = turn;
  const which = whichRun(turn, study.record.plan);
  const project = await study.projectOf(turn.run);
  if (!project.ok) return ended("failed", noted(project.diagnostics, which), project.sources);
  const plan = await planOf(project.value, study.backend);
  const name = nameOf(project.value, plan);
  const place = name === null ? null : join(directory, name);
  const done = plan === null || place === null ? null : await doneBefore(place, plan, turn, study.record);
  if (done !== null) return done;
  const found = place === null ? null : await underWay(session, place);
  of.interrupts.enter("training");
  if (of.isEnding()) return ended("interrupted", []);
  session.say(`Run ${turn.number} of ${turn.all}: ${describePlanned(turn.run, study.record.plan)}`);
  const task = {
    file: study.file,
    project: project.value,
    backend: study.backend,
    info: study.info,
    ...(plan === null ? {} : { plan }),
    ...(found === null ? {} : { interrupted: found.run, resumed: found.directory }),
  };
  const running = startTask(session, task, directory, options, { ...of, isFirst: turn.number === 1 });
  const trained = await running.trained;
  if (!trained.ok) return ended("failed", noted(trained.diagnostics, which), trained.sources);
  of.interrupts.enter("saving");
  const { bundle, result, findings } = trained.value;
  const { record } = bundle;
  const isDone = result.status !== "interrupted" && result.status !== "non_finite";
  const isSaved = !isDone || study.record.keep;
  const saved = isSaved ? await saveRun(trained.value, { folder: directory }, session.io.folders) : null;
  if (saved !== null) session.report(saved.diagnostics);
  const isInPlace = saved?.isInPlace ?? true;
  const sweep = () => running.checkpoints.sweep(bundle, found?.directory);
  if (!isDone) {
    if (isInPlace && saved?.diagnostics.length === 0) await sweep();
    const isAsked = result.status === "interrupted" && result.fault === undefined;
    return {
      ...ended(isAsked ? "interrupted" : "failed", noted(findings, which), project.value.sources),
      isInPlace,
      discard: async () => {
        if (isInPlace && saved?.directory != null) await removeRun(saved.directory);
      },
    };
  }
  // All else that is found of a run is about its metrics, which a study tells over all runs.
  const unlearned = findings.filter(({ code }) => code === "NW0857");
  session.report(
    unlearned.map((one) => ({ ...one, notes: [...one.notes, which] })),
    project.value.sources,
  );
  return {
    entry: entryOf(turn.run, record),
    isInPlace,
    sweep: async () => {
      await sweep();
      // What was saved of it when it was interrupted, though it be damaged.
      if (!study.record.keep) await removeRun(join(directory, runName(record)));
    },
    keep: async () => {
      if (study.record.keep) return;
      const kept = await saveRun(trained.value, { folder: directory }, session.io.folders);
      session.report(kept.diagnostics);
    },
  };
}

/** A run that was done and saved before the runs in front of it were, or that the record was not told of any more. */
async function doneBefore(
  place: string,
  { hash }: RunPlan,
  { run }: Turn,
  { keep }: OpenedStudy["record"],
): Promise<RunDone | null> {
  const read = await readRun(place);
  if (!read.ok) return null;
  const { record } = read.value;
  const { status } = record;
  if (record.hash.run !== hash.run || (status !== "completed" && status !== "stopped_early")) return null;
  return {
    entry: entryOf(run, record),
    isInPlace: true,
    sweep: async () => {
      if (!keep) await removeRun(place);
    },
    keep: async () => {},
  };
}

function ended(
  status: "interrupted" | "failed",
  diagnostics: readonly Diagnostic[],
  sources?: Sources,
): RunEnded {
  const where = sources === undefined ? {} : { sources };
  return { entry: null, status, diagnostics, ...where, isInPlace: true, discard: async () => {} };
}

function whichRun({ run, number, all }: Turn, plan: StudyPlan): string {
  return `It is run ${number} of ${all} of the study: ${describePlanned(run, plan)}.`;
}

function noted(diagnostics: readonly Diagnostic[], which: string): readonly Diagnostic[] {
  let isFirst = true;
  return diagnostics.map((one) => {
    if (!isFirst || one.severity !== "error") return one;
    isFirst = false;
    return { ...one, notes: [...one.notes, which] };
  });
}

/** What is there of a run that was not done: it goes on there. One that cannot be read is told of, and begins anew. */
async function underWay(session: Session, directory: string): Promise<FoundInterrupted | null> {
  const found = await readInterrupted(directory);
  if (found.ok) return found.value;
  const damaged = found.diagnostics.filter(({ code }) => code !== "NW0820" && code !== "NW0805");
  session.report(damaged.map((one) => ({ ...one, severity: "warning", notes: [...one.notes, ANEW] })));
  return null;
}

const ANEW = "This run of the study begins anew.";

/** Of the folder of the run that is to be. */
function nameOf(project: Project, plan: RunPlan | null): string | null {
  return plan === null || project.model === undefined
    ? null
    : runName({ name: project.model.name, hash: { run: plan.hash.run } });
}
