// The moves by which a run takes its place, and what is done where another process moves at the same time, or a move fails.

import { codeOf } from "../problem/thrown.ts";
import type { Disk } from "./disk.ts";
import { isDirectory } from "./durable.ts";
import { isHeldOpen, move } from "./move.ts";
import type { WorkingFolder } from "./working-folder.ts";

/** Whether the run that is at the path then is kept. */
export type IsKept = (path: string) => Promise<boolean>;

/** Of several that save the same run at a time, each moves away what another has put there. */
const ATTEMPTS = 20;

/**
 * Moves what is at `target` to `old`, and back if the new run cannot take its place. Gives why, if so; where not even the way
 * back is open, the working folder stays, in which whoever reads the run finds it. What the new run is called there tells
 * whoever comes after a kill whether it may take the place.
 */
export async function replaceRun(
  target: string,
  working: WorkingFolder,
  isKept: IsKept | null,
  disk: Disk,
): Promise<Placing | typeof KEPT> {
  const { ready, whole, old } = working;
  for (let attempt = 1; ; attempt++) {
    const isMoved = await movedAway(target, old, disk);
    // What cannot be compared is kept, too.
    if (isMoved && isKept !== null && (await isKept(old).catch(() => true))) {
      const error = await moveBack(old, target, disk);
      return error === null ? KEPT : { isPlaced: false, isBack: false, error };
    }
    const isToBeAsked = isKept !== null && !isMoved;
    try {
      if (isKept !== null && isMoved) await move(ready, whole, disk);
      await move(isToBeAsked ? ready : whole, target, disk);
      return { isPlaced: true };
    } catch (error) {
      if (attempt < ATTEMPTS && (await isTaken(error, target, disk))) {
        const failed = await undecided(working, isMoved, isKept !== null, disk);
        if (failed === null) continue;
        return { isPlaced: false, isBack: false, error: failed };
      }
      const isBack = !isMoved || (await movedAway(old, target, disk).catch(() => false));
      // What came first has been given up for this run, which is therefore found again.
      return { isPlaced: false, isBack: isBack && attempt === 1, error };
    }
  }
}

/** Another run has come, to be asked about anew; what was there before may go. Gives why that cannot be. */
async function undecided(
  { fresh, ready, whole, old }: WorkingFolder,
  isMoved: boolean,
  isAsked: boolean,
  disk: Disk,
): Promise<unknown> {
  try {
    if (isMoved && isAsked) await move(whole, ready, disk);
    if (isMoved) await move(old, fresh, disk);
    await disk.rm(fresh, { recursive: true, force: true });
    return null;
  } catch (error) {
    return error;
  }
}

export const KEPT = "kept";

/** To where it was or, where another process has put a run there meanwhile, beside it. Gives why neither is possible. */
async function moveBack(away: string, target: string, disk: Disk): Promise<unknown> {
  let place = target;
  for (let other = 2; ; other++) {
    try {
      await move(away, place, disk);
      return null;
    } catch (error) {
      if (other > ATTEMPTS || !(await isTaken(error, place, disk).catch(() => false))) return error;
      place = `${target}-${other}`;
    }
  }
}

export type Placing =
  | { readonly isPlaced: true }
  | { readonly isPlaced: false; readonly isBack: boolean; readonly error: unknown };

/** Whether a move failed as another process has put a run there; Windows says then what it says of open files. */
async function isTaken(error: unknown, target: string, disk: Disk): Promise<boolean> {
  const code = codeOf(error);
  if (code === "ENOTEMPTY" || code === "EEXIST") return true;
  return isHeldOpen(error, disk.platform) && (await isDirectory(target, disk));
}

/** Whether there was something. */
async function movedAway(from: string, to: string, disk: Disk): Promise<boolean> {
  try {
    await move(from, to, disk);
    return true;
  } catch (error) {
    if (codeOf(error) === "ENOENT") return false;
    throw error;
  }
}
