// Which of two runs may be given up for the other: a run for one of the same training that holds as much of it.

import type { Checkpoint } from "../training/checkpoint.ts";
import type { RunBundle } from "./run-bundle.ts";
import type { RunRecord } from "./run-record.ts";

/** Whether training came to its end, and not to numbers that are none; one of another tool is as it is. */
export function isWhole({ status }: Pick<RunRecord, "status">): boolean {
  return status === "completed" || status === "stopped_early" || status === "imported";
}

/** Whether the first has come further than the second, or as far. */
export function isFurther(
  a: Pick<Checkpoint, "epoch" | "step">,
  b: Pick<Checkpoint, "epoch" | "step">,
): boolean {
  return a.epoch > b.epoch || (a.epoch === b.epoch && a.step >= b.step);
}

type Comparable = Pick<RunBundle, "record" | "checkpoint">;

/** Whether nothing is lost where the run takes the place of the one that is there. */
export function mayReplace(run: Comparable, there: Comparable): boolean {
  if (there.record.hash.run !== run.record.hash.run) return false;
  if (isWhole(run.record)) return true;
  if (isWhole(there.record)) return false;
  if (there.checkpoint === null) return true;
  return run.checkpoint !== null && isFurther(run.checkpoint.checkpoint, there.checkpoint.checkpoint);
}
