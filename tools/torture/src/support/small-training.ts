// A small training in this process, as the command has it: checkpoints, the run, and what is swept, on any disk.

import { join } from "node:path";
import { type Backend, bundleToFiles } from "@netwright/runtime";
import { type Disk, readRun } from "@netwright/runtime/node";
import {
  checkpointFolder,
  checkpointOf,
  findBackend,
  type InterruptedRun,
  nodeFiles,
  openProject,
  type Project,
  putRun,
  readText,
  runName,
  runTraining,
  type TrainedRun,
} from "netwright";

export interface SmallTraining {
  readonly project: Project;
  readonly backend: Backend;
  readonly runs: string;
}

export async function openSmall(folder: string): Promise<SmallTraining> {
  const read = readText(join(folder, "model.net"));
  const backend = await findBackend("reference");
  if (!read.ok || !backend.ok) throw new Error("there is no file or no backend");
  const project = openProject({ file: read.file, text: read.text }, { files: nodeFiles([folder]) });
  return { project, backend: backend.value, runs: join(folder, "runs") };
}

export interface Watch {
  readonly onStep?: () => void;
  /** Each checkpoint that is safe, and before it is. */
  readonly onKept?: (epoch: number) => void;
}

/** Trains, saves and sweeps; every epoch waits for its checkpoint, and the clock stands still. Gives the weights' hash. */
export async function trainAndSave(
  { project, backend, runs }: SmallTraining,
  disk: Partial<Disk>,
  { onStep, onKept }: Watch = {},
  resume?: InterruptedRun,
): Promise<string> {
  const folder = checkpointFolder(runs, { waits: true, disk });
  const trained = await runTraining(project, {
    backend,
    now: () => 0,
    checkpoints: {
      ...folder,
      keep: async (name, bundle, variables) => {
        const spent = await folder.keep(name, bundle, variables);
        onKept?.(bundle.history.length);
        return spent;
      },
    },
    ...(onStep === undefined ? {} : { callbacks: { onStep } }),
    ...(resume === undefined ? {} : { resume }),
  });
  if (!trained.ok) throw new Error(trained.diagnostics.map(({ message }) => message).join(" "));
  const { record } = trained.value.bundle;
  const written = await putRun(
    join(runs, runName(record)),
    trained.value.bundle,
    filesOf(trained.value),
    disk,
  );
  if (!written.ok) throw new Error(written.problems.map(({ message }) => message).join(" "));
  await folder.sweep(trained.value.bundle);
  return record.hash.weights;
}

export function filesOf({ bundle, program }: TrainedRun) {
  return bundleToFiles(bundle, program.state);
}

/** What the next command finds of a run: whole, its checkpoint, or neither. @throws Error for anything damaged */
export async function findRun(run: string, disk: Partial<Disk>) {
  const [whole, checkpoint] = [await readRun(run, disk), await readRun(checkpointOf(run), disk)];
  for (const read of [whole, checkpoint]) {
    if (!read.ok && read.problems.some(({ code }) => code !== "NW0820")) {
      throw new Error(read.problems.map(({ code, message }) => `${code} ${message}`).join(" "));
    }
  }
  const kept = checkpoint.ok && checkpoint.value.checkpoint !== null ? checkpoint.value : null;
  return {
    whole: whole.ok ? whole.value : null,
    interrupted: kept?.checkpoint == null ? null : { ...kept, checkpoint: kept.checkpoint },
  };
}
