// Where a run is put, so that nothing is lost for it: a whole run is not given up for a part of the same training, a part not
// for a shorter one, and no run for one of another training.

import { dirname, join, normalize } from "node:path";
import type { RunBundle, RunRecord, RuntimeProblem } from "@netwright/runtime";
import { readRun } from "@netwright/runtime/node";
import { isFurther } from "../training/checkpoints.ts";
import { runName } from "../training/run-name.ts";

type Placed = Pick<RunBundle, "record" | "checkpoint">;

/** `named`, or else a place beside it that is named after the run: `concrete-1a2b3c4d5e6f-interrupted`. */
export async function runPlace(named: string, run: Placed): Promise<string> {
  const own = join(dirname(named), runName(run.record));
  if (await mayTake(named, run, own)) return named;
  if (await mayTake(own, run, own)) return own;
  const ended = `${own}-${run.record.status}`;
  let place = ended;
  for (let other = 2; !(await mayTake(place, run, own)); other++) place = `${ended}-${other}`;
  return place;
}

/** Whether training came to its end, and not to numbers that are none. */
export function isWhole({ status }: Pick<RunRecord, "status">): boolean {
  return status === "completed" || status === "stopped_early";
}

/** Why a run could not be read: that there is none, and nothing else. */
export function isAbsent(problems: readonly RuntimeProblem[]): boolean {
  return problems.every(({ code }) => code === "NW0820");
}

async function mayTake(place: string, run: Placed, own: string): Promise<boolean> {
  const there = await readRun(place);
  if (!there.ok) {
    // One that is damaged is of this training where it has its name, and no more than a whole one is.
    return isAbsent(there.problems) || (isWhole(run.record) && normalize(place) === own);
  }
  const { record, checkpoint } = there.value;
  if (record.hash.run !== run.record.hash.run) return false;
  if (isWhole(run.record)) return true;
  if (isWhole(record)) return false;
  if (checkpoint === null) return true;
  return run.checkpoint !== null && isFurther(run.checkpoint.checkpoint, checkpoint.checkpoint);
}
