// The runs of a study, whose results are taken in their order, wherever they are trained. What is done is on the disk before the next one begins, so that nothing that ends
// a study takes it along; what is under way has its checkpoint there, as any training.

import { at } from "@netwright/definitions";
import type { Diagnostic, Sources } from "@netwright/lang";
import {
  accept,
  type Checked,
  firstHash,
  type PlannedHash,
  type PlannedRun,
  plannedRuns,
  planOf,
  type StudyRecord,
} from "netwright";
import type { Session } from "../usage/session.ts";
import { watchInterrupts } from "./interrupts.ts";
import { heldTo, type OpenedStudy, type StudyOptions } from "./open-study.ts";
import { PRESSED } from "./run-task.ts";
import { type Ledger, newLedger, written } from "./study-ledger.ts";
import type { Ran, Turn } from "./study-run.ts";
import { startTurns, type Turns } from "./study-turns.ts";

export interface StudiedRuns extends Ledger {
  /** Of the run that ended the study. */
  readonly diagnostics: readonly Diagnostic[];
  readonly sources?: Sources;
  /** Whether a run that was to be kept is elsewhere, or nowhere. */
  readonly isOutOfPlace: boolean;
  /** By the clock, as several may be trained at a time. */
  readonly seconds: number;
}

export async function studyRuns(
  session: Session,
  study: OpenedStudy,
  options: StudyOptions,
): Promise<Checked<StudiedRuns>> {
  const { io } = session;
  const began = io.now();
  const seconds = () => (io.now() - began) / 1000;
  const planned = plannedRuns(study.record.plan);
  const first = await firstOf(study, planned);
  if (!first.ok) return first;
  const record = { ...study.record, status: "running" as const, ...first.value };
  let isPressed = false;
  let stop = () => {};
  const interrupts = watchInterrupts(io, (phase) => {
    isPressed = true;
    stop();
    session.say(phase === "saving" ? SAVING : PRESSED[phase]);
  });
  const isEnding = () => isPressed;
  const unswept: (() => Promise<void>)[] = [];
  let isOutOfPlace = false;
  let turns: Turns | null = null;
  try {
    let ledger = study.isResumed
      ? await written(session, { directory: study.directory, record, unwritten: [] }, "running")
      : await newLedger(session, study.directory, record);
    const turnOf = (place: number): Turn => ({
      run: at(planned, place),
      number: place + 1,
      all: planned.length,
      directory: ledger.directory,
    });
    turns = startTurns(session, study, options, {
      interrupts,
      isEnding,
      turnOf,
      ledger,
      onStop: (own) => (stop = own),
    });
    while (ledger.record.runs.length < planned.length) {
      const done = ledger.record.runs.length;
      const ran: Ran | null = isPressed ? null : await turns.take(done);
      if (ran === null || ran.entry === null) {
        ledger = await written(session, ledger, ran?.status ?? "interrupted");
        const isDone = ledger.record.runs.length > done;
        if (isDone) await ran?.discard();
        const { diagnostics = [], sources, isInPlace = true } = ran ?? {};
        return accept({
          ...endedAs(ledger, ran?.status ?? "interrupted"),
          diagnostics: isDone ? [] : diagnostics,
          ...(sources === undefined ? {} : { sources }),
          isOutOfPlace: isOutOfPlace || !isInPlace,
          seconds: seconds(),
        });
      }
      if (!ran.isInPlace) isOutOfPlace = true;
      ledger = await written(session, ledger, "running", ran.entry);
      // Only where the record has it is nothing lost with it.
      unswept.push(ran.sweep);
      if (ledger.unwritten.length === 0) for (const sweep of unswept.splice(0)) await sweep();
    }
    ledger = await written(session, ledger, "completed");
    if (ledger.unwritten.length === 0) for (const sweep of unswept) await sweep();
    return accept({ ...ledger, diagnostics: [], isOutOfPlace, seconds: seconds() });
  } finally {
    await turns?.end();
    interrupts.release();
  }
}

const SAVING = "Stopping when this run is saved. Press Ctrl-C again to quit without it.";

/** What another process is still at has ended here; what it has completed is complete. */
function endedAs(ledger: Ledger, status: StudyRecord["status"]): Ledger {
  const { record } = ledger;
  return record.status === "completed" ? ledger : { ...ledger, record: { ...record, status } };
}

/**
 * What the first run will be, to be recorded: of a study that goes on it has to be what it was to be when the study began, or
 * the study would be one of two different things.
 */
async function firstOf(
  study: OpenedStudy,
  [run]: readonly PlannedRun[],
): Promise<Checked<{ readonly first?: PlannedHash }>> {
  if (run === undefined) return accept({});
  const project = await study.projectOf(run);
  // A study that begins fails with its first run.
  if (!project.ok) return study.isResumed ? project : accept({});
  const known = firstHash(study.record);
  const held = await heldTo(known, study, project.value);
  if (!held.ok) return held;
  if (known !== undefined) return accept({});
  const plan = await planOf(project.value, study.backend);
  return accept(plan === null ? {} : { first: plan.hash });
}
