// A run to go on with: the interrupted run itself, or its checkpoint where that has come further or is all there is.

import type { RuntimeProblem } from "@netwright/runtime";
import { readRun } from "@netwright/runtime/node";
import { fromOutcome } from "../api/train.ts";
import { fromRuntime } from "../project/diagnostics.ts";
import { accept, type Checked, reject } from "../project/result.ts";
import { isFurther } from "../training/checkpoints.ts";
import type { InterruptedRun } from "../training/resume-changes.ts";
import { checkpointOf } from "./checkpoint-folder.ts";

export interface FoundInterrupted {
  readonly run: InterruptedRun;
  /** Its directory: the one that was asked for, or that of the checkpoint. */
  readonly directory: string;
}

/** Problems: NW0805, NW0820 and those of a run that is read. */
export async function readInterrupted(directory: string): Promise<Checked<FoundInterrupted>> {
  const beside = checkpointOf(directory);
  const [run, kept] = [await readRun(directory), await readRun(beside)];
  const found = [
    { outcome: run, directory },
    { outcome: kept, directory: beside },
  ].flatMap(({ outcome, directory: place }): FoundInterrupted[] => {
    if (!outcome.ok || outcome.value.checkpoint === null) return [];
    return [{ run: { ...outcome.value, checkpoint: outcome.value.checkpoint }, directory: place }];
  });
  const [first, second] = found;
  if (first !== undefined && second !== undefined && first.run.checkpoint.run === second.run.checkpoint.run) {
    const [a, b] = [first.run.checkpoint.checkpoint, second.run.checkpoint.checkpoint];
    return accept(isFurther(a, b) ? first : second);
  }
  // A run that is damaged, or whole, is not passed over for what lies beside it.
  if (first !== undefined && (run.ok || isAbsent(run.problems))) return accept(first);
  if (!run.ok) return fromOutcome(run);
  return reject([
    fromRuntime({
      code: "NW0805",
      message: `There is nothing to resume in \`${directory}\`: its training ended by itself (${run.value.record.status}).`,
      notes: ["Only a run that was interrupted holds a checkpoint."],
    }),
  ]);
}

function isAbsent(problems: readonly RuntimeProblem[]): boolean {
  return problems.every(({ code }) => code === "NW0820");
}
