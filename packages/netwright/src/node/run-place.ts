// Where a run is put, so that nothing is lost for it: a whole run is not given up for a part of the same training, a part not
// for a shorter one, and no run for one of another training.

import { dirname, join, normalize } from "node:path";
import {
  isWhole,
  mayReplace,
  type Outcome,
  type RunBundle,
  type RunFiles,
  type RunRecord,
  type RuntimeProblem,
} from "@netwright/runtime";
import { type Disk, readRun, THIS_DISK, writeRunUnless } from "@netwright/runtime/node";
import { runName } from "../training/run-name.ts";

type Placed = Pick<RunBundle, "record" | "checkpoint">;

export interface PutRun {
  /** As it is named, from the current folder where `named` is. */
  readonly place: string;
  /** The same, absolute and without links. */
  readonly directory: string;
}

/**
 * Writes the run to `named`, or else to a place beside it that is named after the run, `concrete-1a2b3c4d5e6f-interrupted`.
 * Problems: those of `writeRun`.
 */
export async function putRun(
  named: string,
  run: Placed,
  files: RunFiles,
  host: Partial<Disk> = {},
): Promise<Outcome<PutRun>> {
  const own = join(dirname(named), runName(run.record));
  for (const place of placesOf(named, own, run.record)) {
    const stamp = await stampOf(place, host);
    if (!(await mayTake(place, run, place === own, host))) continue;
    // Another process may have put one there since: then that is looked at.
    const isKept = async (there: string): Promise<boolean> =>
      (await stampOf(there, host)) !== stamp && !(await mayTake(there, run, place === own, host));
    const written = await writeRunUnless(place, files, isKept, host);
    if (!written.ok) return written;
    if (written.value !== null) return { ok: true, value: { place, directory: written.value } };
  }
  throw new Error("there is no end to the places of a run");
}

function* placesOf(named: string, own: string, { status }: RunRecord): Generator<string> {
  yield normalize(named) === own ? own : named;
  yield own;
  const ended = `${own}-${status}`;
  yield ended;
  for (let other = 2; ; other++) yield `${ended}-${other}`;
}

/** Tells a run that was put there from the one before, and goes with it where it is moved. Null where there is none. */
export async function stampOf(place: string, host: Partial<Disk>): Promise<string | null> {
  const stat = host.stat ?? THIS_DISK.stat;
  const found = await stat(place).catch(() => null);
  return found === null ? null : `${found.dev} ${found.ino} ${found.mtimeMs}`;
}

/** Why a run could not be read: that there is none, and nothing else. */
export function isAbsent(problems: readonly RuntimeProblem[]): boolean {
  return problems.every(({ code }) => code === "NW0820");
}

/** `isOwn`: whether the place has the name of this training. */
async function mayTake(place: string, run: Placed, isOwn: boolean, host: Partial<Disk>): Promise<boolean> {
  const there = await readRun(place, host);
  if (!there.ok) {
    // One that is damaged is of this training where it has its name, and no more than a whole one is.
    return isAbsent(there.problems) || (isWhole(run.record) && isOwn);
  }
  return mayReplace(run, there.value);
}
