// What a process left that was killed while it put a run into its place: whoever comes next finishes that, so that the better of
// two runs of one training stands there, and nothing is removed of which there is not as much.

import { dirname, join } from "node:path";
import { runFileNames } from "../bundle/run-files.ts";
import { mayReplace } from "../bundle/worth.ts";
import type { Disk } from "./disk.ts";
import { bundleAt } from "./run-at.ts";
import { mayBeInRun } from "./run-entries.ts";
import { discard, foldersIn, isRun, type Left, NO_FOLDER } from "./working-folder.ts";

/**
 * Puts in order what such processes left, and removes what else they left: of all runs of the folder `parent`, or of the one at
 * `target`. Nothing that a live process works on is touched, and nothing is an error.
 */
export async function recover(at: { parent: string } | { target: string }, disk: Disk): Promise<void> {
  const parent = "parent" in at ? at.parent : dirname(at.target);
  for (const left of await foldersIn(parent, disk)) {
    if (!left.isLeft || ("target" in at && left.target !== at.target)) continue;
    // Where something else has the place, all stays.
    if (!left.isWanted || (await isInOrder(left, disk))) await discard(left.path, disk);
  }
}

/** Whether nothing that it holds is wanted any more, once that is done which was under way. */
async function isInOrder(left: Left, disk: Disk): Promise<boolean> {
  const { ready, whole, old, target } = left;
  const [hasReady, hasWhole, hasOld] = [
    await isRun(ready, disk),
    await isRun(whole, disk),
    await isRun(old, disk),
  ];
  const isTaken = await isRun(target, disk);
  const run = hasReady ? ready : whole;
  // A run that stands there came later.
  if (!hasReady && !hasWhole) return isTaken || !hasOld || moved(old, target, disk);
  if (!hasOld)
    return hasReady ? settled(left, run, disk) : (await gaveWay(left, disk)) || moved(run, target, disk);
  // Another process has put one there since.
  if (isTaken) return (await isRid(left, run, disk)) && settled(left, run, disk);
  if (hasWhole) {
    // Under this name, too, had earlier releases what they were still comparing.
    const isLess = (await holds(old, whole, disk)) && !(await holds(whole, old, disk));
    return moved(isLess ? old : whole, target, disk);
  }
  // What stood there goes back, unless the other may replace it for all that is known.
  const isMore = (await holds(ready, old, disk)) && !(await holds(old, ready, disk));
  if (isMore) return moved(ready, target, disk);
  return (await moved(old, target, disk)) && settled(left, ready, disk);
}

/** Whether what stood in the place first is beside it, or about to be removed, as another holds as much. */
async function isRid({ fresh, old, target }: Left, run: string, disk: Disk): Promise<boolean> {
  if (!(await holds(target, old, disk)) && !(await holds(run, old, disk)))
    return movedBeside(old, target, disk);
  await disk.rm(fresh, { recursive: true, force: true }).catch(() => {});
  return moved(old, fresh, disk);
}

/** Puts the run where it belongs: into the place, beside it, or nowhere, as what stands there holds as much. */
async function settled(left: Left, run: string, disk: Disk): Promise<boolean> {
  const { target } = left;
  if (!(await isRun(target, disk))) return moved(run, target, disk);
  if (await holds(target, run, disk)) return true;
  return (await holds(run, target, disk)) ? exchanged(left, run, disk) : movedBeside(run, target, disk);
}

/** Whether the run that was about to replace another is no longer wanted, or has replaced it. */
async function gaveWay(left: Left, disk: Disk): Promise<boolean> {
  const { whole, target } = left;
  if (!(await isRun(target, disk))) return false;
  if ((await savedAt(whole, disk)) < (await savedAt(target, disk))) return true;
  const isLess = (await holds(target, whole, disk)) && !(await holds(whole, target, disk));
  return isLess || exchanged(left, whole, disk);
}

/** Whether nothing is lost of the second where the first has its place. */
async function holds(run: string, other: string, disk: Disk): Promise<boolean> {
  const [mine, theirs] = [await bundleAt(run, disk), await bundleAt(other, disk)];
  return mine !== null && theirs !== null && mayReplace(mine, theirs);
}

async function exchanged({ old, target }: Left, run: string, disk: Disk): Promise<boolean> {
  const there = await disk.readdir(target).catch(() => [NO_FOLDER]);
  if (!there.every(mayBeInRun) || !(await moved(target, old, disk))) return false;
  if (await moved(run, target, disk)) return true;
  await moved(old, target, disk);
  return false;
}

/** How many names beside a run are tried. */
const BESIDE = 20;

async function movedBeside(run: string, target: string, disk: Disk): Promise<boolean> {
  for (let other = 2; other <= BESIDE; other++) {
    if (await moved(run, `${target}-${other}`, disk)) return true;
  }
  return false;
}

async function savedAt(path: string, disk: Disk): Promise<number> {
  const found = await disk.stat(join(path, runFileNames.record)).catch(() => null);
  return found?.mtimeMs ?? 0;
}

function moved(from: string, to: string, disk: Disk): Promise<boolean> {
  return disk.rename(from, to).then(
    () => true,
    () => false,
  );
}
