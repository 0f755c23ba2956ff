// What is said of checkpoints while all else goes on.

import { count } from "@netwright/definitions";
import type { Diagnostic } from "@netwright/lang";
import type { RuntimeProblem } from "@netwright/runtime";
import { runtimeWarning } from "../project/diagnostics.ts";
import { plannedRuns } from "../study/study-plan.ts";
import type { StudyRecord } from "../study/study-record.ts";
import type { EarlierTraining } from "./checkpoints.ts";

/** `how` is what goes on with it: "`netwright train --resume ...`". */
export function earlierWarning(
  { epoch, step, epochs, isResumed = false }: EarlierTraining,
  how: string,
): Diagnostic {
  const at = step === 0 ? count(epoch - 1, "epoch") : `step ${step} of epoch ${epoch}`;
  return runtimeWarning(
    "NW0807",
    `a training of this model ended after ${at} of ${epochs}, before it was done`,
    [
      `Its checkpoint is kept: ${how} goes on from there, to the same result.`,
      `This training begins ${isResumed ? "further back" : "at the start"}, and leaves the checkpoint as it is until it has come further.`,
    ],
  );
}

/** `how` is what goes on with it. A study whose process was killed and one that another process trains look alike. */
export function unfinishedWarning({ runs, plan }: StudyRecord, how: string): Diagnostic {
  const all = plannedRuns(plan).length;
  return runtimeWarning("NW0807", `a study of this file has done ${runs.length} of ${count(all, "run")}`, [
    `It is kept: ${how} goes on with it, to the same result.`,
    "This study begins at the start, in a folder of its own.",
  ]);
}

/** Of one that could not be written, or of one that is there and cannot be read. */
export function checkpointWarning({ code, message, notes }: RuntimeProblem, place: string): Diagnostic {
  const what = SAVING.has(code)
    ? `no checkpoint is kept at \`${place}\`, and training goes on without`
    : `the checkpoint at \`${place}\` cannot be read, and the first one of this training takes its place`;
  return runtimeWarning("NW0808", what, [message, ...notes]);
}

const SAVING: ReadonlySet<string> = new Set(["NW0830", "NW0831", "NW0832", "NW0833"]);
