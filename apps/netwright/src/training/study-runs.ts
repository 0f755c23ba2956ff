// The runs of a study one after the other. What is done is on the disk before the next one begins, so that nothing that ends
// a study takes it along; what is under way has its checkpoint there, as any training.

import { join } from "node:path";
import type { Diagnostic, Sources } from "@netwright/lang";
import { removeRun } from "@netwright/runtime/node";
import {
  type Checked,
  describePlanned,
  entryOf,
  type FoundInterrupted,
  fromRuntime,
  type PlannedRun,
  type Project,
  plannedRuns,
  planOf,
  readInterrupted,
  reject,
  runName,
  type StudyEntry,
  type StudyRecord,
  studyChange,
  type TrainedRun,
  writeStudy,
} from "netwright";
import type { Session } from "../usage/session.ts";
import { watchInterrupts } from "./interrupts.ts";
import type { OpenedStudy, StudyOptions } from "./open-study.ts";
import { PRESSED, startTask } from "./run-task.ts";
import { saveRun } from "./save-run.ts";

export interface StudiedRuns {
  readonly record: StudyRecord;
  /** Of the run that ended the study. */
  readonly diagnostics: readonly Diagnostic[];
  readonly sources?: Sources;
  /** Why the record was not written the last time; it is in memory alone. */
  readonly unwritten: readonly Diagnostic[];
  /** Whether a run that was to be kept is elsewhere, or nowhere. */
  readonly isOutOfPlace: boolean;
  /** Of a run that was done in this process. */
  readonly last: TrainedRun | null;
}

export async function studyRuns(
  session: Session,
  study: OpenedStudy,
  options: StudyOptions,
): Promise<Checked<StudiedRuns>> {
  const { io } = session;
  const { directory } = study;
  const planned = plannedRuns(study.record.plan);
  const changed = await changedSince(study, planned);
  if (!changed.ok) return changed;
  const runs: StudyEntry[] = [...study.record.runs];
  let stop = () => {};
  let isPressed = false;
  const interrupts = watchInterrupts(io, (phase) => {
    isPressed = true;
    stop();
    session.say(phase === "saving" ? SAVING : PRESSED[phase]);
  });
  // Somewhere else than on a terminal, the lines of many trainings would hide what is said of the study.
  const shown = { ...options, quiet: options.quiet === true || io.stderr.isTTY !== true };
  const of = { interrupts, onProgress: (own: () => void) => (stop = own) };
  let unwritten: readonly Diagnostic[] = [];
  let isOutOfPlace = false;
  let last: TrainedRun | null = null;
  const write = async (status: StudyRecord["status"]): Promise<StudyRecord> => {
    const record = { ...study.record, status, runs };
    const written = await writeStudy(directory, record);
    const before = unwritten;
    unwritten = written.ok ? [] : written.problems.map((problem) => fromRuntime(problem));
    // Told once, as every run meets the same disk.
    if (before.length === 0)
      session.report(
        unwritten.map((one) => ({ ...one, severity: "warning", notes: [...one.notes, GOING_ON] })),
      );
    return record;
  };
  const ended = async (
    status: "interrupted" | "failed",
    diagnostics: readonly Diagnostic[],
    sources?: Sources,
  ): Promise<Checked<StudiedRuns>> =>
    acceptRuns({
      record: await write(status),
      diagnostics,
      ...(sources === undefined ? {} : { sources }),
      unwritten,
      isOutOfPlace,
      last,
    });
  try {
    await write("running");
    for (const run of planned.slice(runs.length)) {
      const place = runs.length;
      const which = `It is run ${place + 1} of ${planned.length} of the study: ${describePlanned(run, study.record.plan)}.`;
      if (isPressed) return ended("interrupted", []);
      const project = await study.projectOf(run);
      if (!project.ok) return ended("failed", noted(project.diagnostics, which), project.sources);
      const name = await nameOf(project.value, study);
      const found = name === null ? null : await underWay(join(directory, name));
      interrupts.enter("training");
      if (isPressed) return ended("interrupted", []);
      session.say(`Run ${place + 1} of ${planned.length}: ${describePlanned(run, study.record.plan)}`);
      const task = {
        file: study.file,
        project: project.value,
        backend: study.backend,
        info: study.info,
        ...(found === null ? {} : { interrupted: found.run, resumed: found.directory }),
      };
      const running = startTask(session, task, directory, shown, of);
      const trained = await running.trained;
      if (!trained.ok) return ended("failed", noted(trained.diagnostics, which), trained.sources);
      interrupts.enter("saving");
      const { bundle, result, findings } = trained.value;
      if (result.status === "interrupted" || result.status === "non_finite") {
        const saved = await saveRun(trained.value, { folder: directory }, io.folders);
        session.report(saved.diagnostics);
        if (!saved.isInPlace) isOutOfPlace = true;
        else if (saved.diagnostics.length === 0) await running.checkpoints.sweep(bundle, found?.directory);
        const isAsked = result.status === "interrupted" && result.fault === undefined;
        return ended(isAsked ? "interrupted" : "failed", noted(findings, which), project.value.sources);
      }
      if (study.record.keep) {
        const saved = await saveRun(trained.value, { folder: directory }, io.folders);
        session.report(saved.diagnostics);
        if (!saved.isInPlace) isOutOfPlace = true;
      }
      last = trained.value;
      runs.push(entryOf(run, bundle.record));
      await write("running");
      // Only now is nothing lost with it.
      await running.checkpoints.sweep(bundle, found?.directory);
      if (!study.record.keep && found !== null) await removeRun(join(directory, runName(bundle.record)));
    }
    return acceptRuns({ record: await write("completed"), diagnostics: [], unwritten, isOutOfPlace, last });
  } finally {
    interrupts.release();
  }
}

const SAVING = "Stopping when this run is saved. Press Ctrl-C again to quit without it.";
const GOING_ON = "The study goes on, and its record is written again after each run.";

function acceptRuns(value: StudiedRuns): Checked<StudiedRuns> {
  return { ok: true, value, diagnostics: [], sources: new Map() };
}

function noted(diagnostics: readonly Diagnostic[], which: string): readonly Diagnostic[] {
  let isFirst = true;
  return diagnostics.map((one) => {
    if (!isFirst || one.severity !== "error") return one;
    isFirst = false;
    return { ...one, notes: [...one.notes, which] };
  });
}

/** What is there of a run that was not done: it goes on there. One that cannot be read begins anew. */
async function underWay(directory: string): Promise<FoundInterrupted | null> {
  const found = await readInterrupted(directory);
  return found.ok ? found.value : null;
}

/** Of the folder of the run that is to be. */
async function nameOf(project: Project, study: OpenedStudy): Promise<string | null> {
  const plan = await planOf(project, study.backend);
  return plan === null || project.model === undefined
    ? null
    : runName({ name: project.model.name, hash: { run: plan.hash.run } });
}

/** Runs of before are those that would be trained now, or the study would be one of two different things. */
async function changedSince(study: OpenedStudy, planned: readonly PlannedRun[]): Promise<Checked<null>> {
  const [first] = study.record.runs;
  const [run] = planned;
  const unchanged: Checked<null> = { ok: true, value: null, diagnostics: [], sources: new Map() };
  if (first === undefined || run === undefined) return unchanged;
  const project = await study.projectOf(run);
  if (!project.ok) return project;
  const change = await studyChange(project.value, study.backend, first.hash);
  return change === null ? unchanged : reject([change]);
}
