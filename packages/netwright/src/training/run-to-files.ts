// A trained run as files. A run is not lost for its checkpoint: the weights are what took the time.

import type { Diagnostic } from "@netwright/lang";
import { bundleToFiles, isOutOfMemory, type RunFiles } from "@netwright/runtime";
import { runtimeWarning } from "../project/diagnostics.ts";
import type { TrainedRun } from "./trained-run.ts";

export interface FilesOfRun {
  readonly files: RunFiles;
  /** Of a checkpoint that is not among the files: NW0808. */
  readonly diagnostics: readonly Diagnostic[];
}

/** The state of the program is that of a checkpoint: where there is none, it is not asked for. */
export interface SavableRun {
  readonly bundle: TrainedRun["bundle"];
  readonly program: Pick<TrainedRun["program"], "state">;
}

/** Without the checkpoint where it is larger than what is read, or there is no memory for it. */
export function runToFiles({ bundle, program }: SavableRun): FilesOfRun {
  try {
    const files = bundleToFiles(bundle, program.state);
    const isLeftOut = bundle.checkpoint !== null && !files.has("checkpoint.safetensors");
    return { files, diagnostics: isLeftOut ? [leftOut("a file of a run has less than 2 GiB")] : [] };
  } catch (error) {
    if (bundle.checkpoint === null || !isOutOfMemory(error)) throw error;
    const files = bundleToFiles({ ...bundle, checkpoint: null }, program.state);
    return { files, diagnostics: [leftOut("there is not memory enough to write it")] };
  }
}

function leftOut(why: string): Diagnostic {
  return runtimeWarning("NW0808", "the run is saved without its checkpoint", [
    `The weights are saved, and training cannot go on from them: ${why}.`,
  ]);
}
