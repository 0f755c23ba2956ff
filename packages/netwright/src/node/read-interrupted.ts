// A run to go on with: the interrupted run itself, or what holds more of the same training beside it, or is all there is.

import { dirname, join } from "node:path";
import { isFurther, isWhole, type RunBundle, type RunRecord, type RuntimeProblem } from "@netwright/runtime";
import { readRun, removeRun } from "@netwright/runtime/node";
import { fromOutcome } from "../api/train.ts";
import { fromRuntime } from "../project/diagnostics.ts";
import { accept, type Checked, reject } from "../project/result.ts";
import type { InterruptedRun } from "../training/resume-changes.ts";
import { runName } from "../training/run-name.ts";
import { checkpointOf, plainPath } from "./checkpoint-folder.ts";
import { isAbsent } from "./run-place.ts";

export interface FoundInterrupted {
  readonly run: InterruptedRun;
  /** Its directory: the one that was asked for, or that of what has come further. */
  readonly directory: string;
}

/**
 * Looks beside the directory for its checkpoint, and for the run and the checkpoint that have the name of this training, as
 * a directory may have another one. Problems: NW0805, NW0820 and those of a run that is read.
 */
export async function readInterrupted(asked: string): Promise<Checked<FoundInterrupted>> {
  const directory = plainPath(asked);
  const run = await readRun(directory);
  // A run that is damaged is not passed over for what lies beside it.
  if (!run.ok && !isAbsent(run.problems)) return fromOutcome(run);
  const there = run.ok ? run.value : null;
  const looked = await readCheckpoint(directory);
  const { found: beside } = looked;
  const isSame = there === null || beside?.run.record.hash.run === there.record.hash.run;
  if (there !== null && isWhole(there.record)) {
    // It is left from before the run was saved, and nothing is to be had from it.
    if (beside !== null && isSame) await removeRun(beside.directory);
    return reject([endedProblem(directory, there.record)]);
  }
  const first = interruptedIn(there, directory) ?? (isSame ? beside : null);
  if (first === null) {
    // There is something to go on with, and it is damaged.
    if (looked.problems.length > 0)
      return reject(looked.problems.map((found) => damagedCheckpoint(found, directory)));
    return run.ok ? reject([endedProblem(directory, run.value.record)]) : fromOutcome(run);
  }
  const named = join(dirname(directory), runName(first.run.record));
  let furthest: FoundInterrupted = first;
  for (const other of [beside, await interruptedAt(named), await interruptedAt(checkpointOf(named))]) {
    if (other !== null && isMore(other.run, furthest.run)) furthest = other;
  }
  return accept(furthest);
}

/** The checkpoint of the run, or why it cannot be read; no problem where there is none. */
async function readCheckpoint(run: string): Promise<{
  readonly found: FoundInterrupted | null;
  readonly problems: readonly RuntimeProblem[];
}> {
  const directory = checkpointOf(run);
  const read = await readRun(directory);
  if (read.ok) return { found: interruptedIn(read.value, directory), problems: [] };
  return { found: null, problems: isAbsent(read.problems) ? [] : read.problems };
}

async function interruptedAt(directory: string): Promise<FoundInterrupted | null> {
  const run = await readRun(directory);
  return interruptedIn(run.ok ? run.value : null, directory);
}

function interruptedIn(run: RunBundle | null, directory: string): FoundInterrupted | null {
  return run === null || run.checkpoint === null
    ? null
    : { run: { ...run, checkpoint: run.checkpoint }, directory };
}

/** Whether it is of the same training and has come further. */
function isMore({ checkpoint: other }: InterruptedRun, { checkpoint }: InterruptedRun): boolean {
  return other.run === checkpoint.run && !isFurther(checkpoint.checkpoint, other.checkpoint);
}

function damagedCheckpoint(found: RuntimeProblem, run: string) {
  const where = `It is in \`${checkpointOf(run)}\`, the checkpoint of \`${run}\`, which is all there is to go on with.`;
  return fromRuntime({ ...found, notes: [where, ...found.notes] });
}

function endedProblem(directory: string, { status }: Pick<RunRecord, "status">) {
  const isImported = status === "imported";
  return fromRuntime({
    code: "NW0805",
    message: `There is nothing to resume in \`${directory}\`: ${isImported ? "it was trained by another tool, and imported" : `its training ended by itself (${status})`}.`,
    notes: [
      isImported
        ? `Train on from its weights: \`--from ${directory}\`.`
        : "Only a run that was interrupted holds a checkpoint.",
    ],
  });
}
