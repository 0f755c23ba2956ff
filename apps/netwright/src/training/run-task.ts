// One training of the command: progress, checkpoints beside the run that is to be, and interrupts.

import { join } from "node:path";
import { listed, listNames } from "@netwright/definitions";
import type { Backend, BackendInfo, NumericsOptions } from "@netwright/runtime";
import {
  type Checked,
  type CheckpointFolder,
  checkpointFolder,
  checkpointOf,
  checkpointWarning,
  earlierWarning,
  type InitialWeights,
  type InterruptedRun,
  type KeptExecutable,
  type Project,
  type RunPlan,
  runTraining,
  type TrainedRun,
} from "netwright";
import { trainingProgress } from "../output/progress.ts";
import { shellWord } from "../output/shell-word.ts";
import { type BackendOptions, threadsOf } from "../usage/options.ts";
import type { Session } from "../usage/session.ts";
import { type Interrupts, type Phase, watchInterrupts } from "./interrupts.ts";

/** What is to be trained. */
export interface Task {
  readonly file: string;
  readonly project: Project;
  readonly backend: Backend;
  readonly info: BackendInfo;
  readonly interrupted?: InterruptedRun;
  /** The directory of what training goes on with. */
  readonly resumed?: string;
  /** As it is known already. */
  readonly plan?: RunPlan;
}

export interface RunningTask {
  readonly trained: Promise<Checked<TrainedRun>>;
  readonly checkpoints: CheckpointFolder;
  /** Presses count until they are released, which is when nothing can be lost any more. */
  readonly interrupts: Interrupts;
}

/** `folder` is where the run will be. */
export function startTask(
  session: Session,
  task: Task,
  folder: string,
  options: Partial<BackendOptions> & NumericsOptions & { readonly quiet?: boolean },
  of?: OfStudy,
): RunningTask {
  const { io } = session;
  const progress = trainingProgress(io, options.quiet);
  of?.onProgress(progress.stop);
  const interrupts =
    of?.interrupts ??
    watchInterrupts(io, (phase) => {
      progress.stop();
      session.say(PRESSED[phase]);
    });
  const checkpoints = checkpointFolder(folder, {
    onProblem: (problem, place) => {
      // Behind the line that is redrawn.
      if (io.stderr.isTTY === true && options.quiet !== true) io.stderr.write("\n");
      session.report([checkpointWarning(problem, place)]);
    },
  });
  const trained = runTraining(task.project, {
    backend: task.backend,
    callbacks: progress.callbacks,
    signal: interrupts.signal,
    platform: io.platform,
    checkpoints,
    onInitialWeights: (initial) => {
      if (of === undefined || of.isFirst) session.say(beginning(initial));
    },
    onEarlier: (found) => {
      const place = shellWord(found.place ?? checkpointOf(join(folder, found.name)));
      session.report([earlierWarning(found, `\`netwright train --resume ${place}\``)]);
    },
    ...threadsOf(options),
    ...(options.emulation === undefined ? {} : { emulation: options.emulation }),
    ...(of === undefined ? {} : { executables: of.executables }),
    ...(task.plan === undefined ? {} : { plan: task.plan }),
    ...(task.interrupted === undefined ? {} : { resume: task.interrupted }),
  }).finally(progress.stop);
  return { trained, checkpoints, interrupts };
}

/** "Beginning with the weights of runs/a: dense_1, dense_2." */
function beginning({ place, layers, others }: InitialWeights): string {
  const but = others.length === 0 ? "" : ` Other layers begin as ever: ${listed(others, MOST_OTHERS)}.`;
  return `Beginning with the weights of ${place}: ${listNames(layers)}.${but}`;
}

const MOST_OTHERS = 3;

/** A training that is one of several: an interrupt ends them all. */
export interface OfStudy {
  readonly interrupts: Interrupts;
  /** Whether what holds for all is to be said. */
  readonly isFirst: boolean;
  readonly executables: KeptExecutable;
  /** Is told how the line that is redrawn is ended. */
  readonly onProgress: (stop: () => void) => void;
}

export const PRESSED: Readonly<Record<Exclude<Phase, "saved">, string>> = {
  training: "Stopping after the running step and saving. Press Ctrl-C again to quit at once.",
  saving: "The run is being saved. Press Ctrl-C again to quit without it.",
};
