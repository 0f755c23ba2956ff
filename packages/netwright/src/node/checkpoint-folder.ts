// Checkpoints on the disk: a run of its own beside the run that is to be, in the same folder and named after it.

import { basename, dirname, join, normalize, resolve } from "node:path";
import {
  bundleToFiles,
  isFurther,
  isWhole,
  type RunBundle,
  type RuntimeProblem,
  type SavedCheckpoint,
} from "@netwright/runtime";
import { type Disk, failureProblem, readRun, removeRun, writeRunUnless } from "@netwright/runtime/node";
import type { CheckpointStore, FoundCheckpoint } from "../training/checkpoints.ts";
import { runName } from "../training/run-name.ts";
import { isAbsent, stampOf } from "./run-place.ts";

const SUFFIX = "-checkpoint";

/** Where the checkpoint of a run is. */
export function checkpointOf(run: string): string {
  return `${plainPath(run)}${SUFFIX}`;
}

/** A path that ends in the name of what it leads to: `runs/a/` and `.` do not. */
export function plainPath(path: string): string {
  const plain = normalize(path);
  return /^\.\.?$/.test(basename(plain)) ? resolve(path) : join(dirname(plain), basename(plain));
}

/** The run of which that is a checkpoint; the path itself where it is none. */
export function runOfCheckpoint(path: string): string {
  const plain = plainPath(path);
  return isCheckpoint(plain) ? plain.slice(0, -SUFFIX.length) : plain;
}

function isCheckpoint(plain: string): boolean {
  return plain.endsWith(SUFFIX) && basename(plain) !== SUFFIX;
}

export interface CheckpointFolderOptions {
  /** Why one could not be written or read; training goes on. Told once for each kind. */
  readonly onProblem?: (problem: RuntimeProblem, place: string) => void;
  /** Whether training waits for each one. */
  readonly waits?: boolean;
  /** Whether there are any of a training whose file asks for none. */
  readonly byTime?: boolean;
  /** Calls of another disk, for tests. */
  readonly disk?: Partial<Disk>;
}

export interface CheckpointFolder extends CheckpointStore {
  /**
   * Removes the checkpoint of a run that is saved, unless there is more to be had from it. `resumed` is the directory of what training
   * went on with, which goes, too, if it is a checkpoint.
   */
  readonly sweep: (run: Pick<RunBundle, "record" | "checkpoint">, resumed?: string) => Promise<void>;
}

export function checkpointFolder(
  folder: string,
  { onProblem, waits, byTime, disk = {} }: CheckpointFolderOptions = {},
): CheckpointFolder {
  const told = new Set<string>();
  const tell = (problem: RuntimeProblem | undefined, place: string) => {
    if (problem === undefined || told.has(problem.code)) return;
    told.add(problem.code);
    onProblem?.(problem, place);
  };
  const placeOf = (name: string) => checkpointOf(join(folder, name));
  const keptAt = async (place: string): Promise<FoundCheckpoint | null> => {
    const run = await readRun(place, disk);
    if (run.ok) return run.value.checkpoint === null ? null : { ...run.value.checkpoint, place };
    if (!isAbsent(run.problems)) tell(run.problems[0], place);
    return null;
  };
  let last: string | null = null;
  return {
    ...(waits === undefined ? {} : { waits }),
    ...(byTime === undefined ? {} : { byTime }),
    async find(name) {
      const kept = await keptAt(placeOf(name));
      // Once the run is saved its checkpoint is swept, and an interrupted one holds it itself.
      const place = join(folder, name);
      const run = await readRun(place, disk);
      if (!run.ok) return kept;
      const { record, checkpoint } = run.value;
      if (isWhole(record) && (kept === null || kept.run === record.hash.run)) return null;
      const own = checkpoint === null ? null : { ...checkpoint, place };
      if (kept === null || own === null || own.run !== kept.run) return kept ?? own;
      return isFurther(kept.checkpoint, own.checkpoint) ? kept : own;
    },
    async keep(name, bundle, variables) {
      const place = placeOf(name);
      const files = bundleToFiles(bundle, variables);
      if (!files.has("checkpoint.safetensors")) throw new Error("it would be larger than what is read");
      // Until here it is counted by whoever calls; what follows goes on beside training.
      let compared = 0;
      let seen = last;
      // Another training of the same may have put one there since, and come further.
      const isKept = async (at: string): Promise<boolean> => {
        const there = await stampOf(at, disk);
        if (there === null || there === seen) return false;
        seen = there;
        const started = performance.now();
        const kept = await keptAt(at);
        compared += performance.now() - started;
        const isFirst = bundle.checkpoint === null || kept?.run !== bundle.checkpoint.run;
        return !isFirst && !isFurther(bundle.checkpoint.checkpoint, kept.checkpoint);
      };
      if (await isKept(place)) return compared;
      const written = await writeRunUnless(place, files, isKept, disk);
      if (!written.ok) tell(written.problems[0], place);
      last = written.ok && written.value !== null ? await stampOf(place, disk) : null;
      return BESIDE_MS + compared;
    },
    onFailure: (name, error) => tell(failureProblem(error, placeOf(name)), placeOf(name)),
    async sweep({ record, checkpoint }, resumed) {
      // The machine was at fault: from there on training may come to its end.
      if (record.failure?.cause === "unrepeatable") return;
      const own = placeOf(runName(record));
      const isNeeded = (kept: SavedCheckpoint | null) =>
        checkpoint !== null &&
        kept?.run === checkpoint.run &&
        !isFurther(checkpoint.checkpoint, kept.checkpoint);
      if (!isNeeded(checkpoint === null ? null : await keptAt(own))) await removeRun(own, disk);
      if (resumed === undefined || !isCheckpoint(plainPath(resumed))) return;
      const kept = await keptAt(resumed);
      if (kept?.run === record.hash.run && !isNeeded(kept)) await removeRun(resumed, disk);
    },
  };
}

/** What the calls of one checkpoint take of the thread that trains. */
const BESIDE_MS = 2;
