// Where the runs of a study are trained: one after the other in this thread, or several at a time, the others in threads of their own,
// each with one thread. Either way each run has the bits of the same training alone.

import { availableParallelism } from "node:os";
import { keptExecutable, plannedRuns } from "netwright";
import { threadsOf } from "../usage/options.ts";
import type { Session } from "../usage/session.ts";
import type { Interrupts } from "./interrupts.ts";
import type { OpenedStudy, StudyOptions } from "./open-study.ts";
import type { Ledger } from "./study-ledger.ts";
import { type Ran, studyRun, type Turn } from "./study-run.ts";
import { workerTurns } from "./study-workers.ts";

export interface Turns {
  /** The result of the run at a place of the plan; the places that are asked for rise. */
  readonly take: (place: number) => Promise<Ran>;
  /** What is done beyond what was taken is saved, so that the study goes on with it. */
  readonly end: () => Promise<void>;
}

export interface TurnsOf {
  readonly interrupts: Interrupts;
  /** Whether somebody has asked the study to end. */
  readonly isEnding: () => boolean;
  readonly turnOf: (place: number) => Turn;
  readonly ledger: Ledger;
  /** Is told what ends a line that is redrawn, or what stops the trainings of other threads. */
  readonly onStop: (stop: () => void) => void;
}

export function startTurns(session: Session, study: OpenedStudy, options: StudyOptions, of: TurnsOf): Turns {
  const { io } = session;
  const threads = threadsFor(session, study, options, of.ledger);
  // Somewhere else than on a terminal, the lines of many trainings would hide what is said of the study.
  if (io.workers === undefined || threads < 2)
    return turnsHere(session, study, { quiet: io.stderr.isTTY !== true, ...options }, of);
  const alone = { ...options, quiet: true, threads: 1 };
  const here = turnsHere(session, study, alone, { ...of, onStop: () => {} });
  return workerTurns(session, study, options, { ...of, ...io.workers, workers: threads - 1, here });
}

function turnsHere(
  session: Session,
  study: OpenedStudy,
  options: StudyOptions,
  { interrupts, isEnding, turnOf, onStop }: TurnsOf,
): Turns {
  const executables = keptExecutable();
  const shared = { interrupts, isEnding, executables, onProgress: onStop };
  return {
    take: (place) => studyRun(session, study, turnOf(place), options, shared),
    end: async () => executables.dispose(),
  };
}

/** Backends of which one thread of many gives the bits of all. */
const DIVISIBLE: readonly string[] = ["jit", "reference"];

/** Bytes of encoded rows that each worker may have for itself. */
const MOST_BYTES = 1 << 28;

/** How many runs may be trained at a time: who computes with two threads can train two runs. */
function threadsFor(
  { io }: Session,
  { project, info }: OpenedStudy,
  options: StudyOptions,
  { record, unwritten }: Ledger,
): number {
  const left = plannedRuns(record.plan).length - record.runs.length;
  const { prepared } = project;
  const splits = prepared === undefined ? [] : Object.values(prepared.splits);
  const isSmall =
    splits.every(({ store }) => store === undefined) &&
    splits.reduce((sum, { x }) => sum + x.byteLength, 0) <= MOST_BYTES;
  const isAble =
    io.workers !== undefined && unwritten.length === 0 && isSmall && DIVISIBLE.includes(info.name);
  const threads = threadsOf(options).threads ?? availableParallelism();
  return isAble ? Math.min(left, threads, availableParallelism()) : 1;
}
