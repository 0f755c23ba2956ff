// Where a run is put together before it takes its place: a hidden folder beside it, whose name says whose it is. A process
// that is killed leaves it behind. Then it may hold what is nowhere else, for between the two moves of a replacement
// nothing stands in the run's own place: whoever comes next moves it there, and removes the rest. Before the first move the
// earlier run still stands there; it gives way to a whole one that is not older.
//
//   .NAME.new-OWNER-XXXXXX/run      being written
//                          /whole   on the disk, about to take its place
//                          /old     what stood there before
//   .NAME.gone-...                  about to be removed: nothing of it is wanted any more

import { basename, dirname, join } from "node:path";
import { runFileNames } from "../bundle/run-files.ts";
import type { Disk } from "./disk.ts";
import { isGone, ownerMark } from "./machine.ts";
import { mayBeInRun } from "./run-entries.ts";

export interface WorkingFolder {
  readonly path: string;
  readonly fresh: string;
  readonly whole: string;
  readonly old: string;
}

/** For the run that is to be at `target`. @throws errors of the file system */
export async function makeWorkingFolder(target: string, disk: Disk): Promise<WorkingFolder> {
  const mark = ownerMark(disk.owner);
  const path = await disk.mkdtemp(join(dirname(target), `.${basename(target)}.new-${mark}-`));
  return inside(path);
}

function inside(path: string): WorkingFolder {
  return { path, fresh: join(path, "run"), whole: join(path, "whole"), old: join(path, "old") };
}

/** Removes it. What cannot be removed is a leftover for whoever comes next, and no failure. */
export async function discard(path: string, disk: Disk): Promise<void> {
  // Half removed, it must not look like a run that was lost.
  const gone = join(dirname(path), basename(path).replace(NAME, ".$1.gone-$3"));
  const moved = await disk.rename(path, gone).then(
    () => gone,
    () => path,
  );
  await disk.rm(moved, { recursive: true, force: true }).catch(() => {});
}

/** With an owner, and as releases up to 0.1 named it. */
const NAME = /^\.(.+)\.(new|gone)-((?:(\d+)\.([0-9a-f]{6})([0-9a-f]{6})?-)?[A-Za-z0-9]{6})$/;
const ENTRIES: ReadonlySet<string> = new Set(["run", "whole", "old"]);
/** Whether a process of another machine lives cannot be asked; none writes for so long. */
const DAY_MS = 24 * 60 * 60 * 1000;

interface Left extends WorkingFolder {
  readonly target: string;
  readonly isWanted: boolean;
  readonly isLeft: boolean;
}

/**
 * Puts into its place what a process left that was killed between two moves, and removes what else such processes left: of all runs of
 * the folder `parent`, or of the one at `target`. Nothing that a live process works on is touched, and nothing is an error.
 */
export async function recover(at: { parent: string } | { target: string }, disk: Disk): Promise<void> {
  const parent = "parent" in at ? at.parent : dirname(at.target);
  for (const left of await foldersIn(parent, disk)) {
    if (!left.isLeft || ("target" in at && left.target !== at.target)) continue;
    const held = left.isWanted ? await runsOf(left, disk) : [];
    const isDone = (await isRun(left.target, disk))
      ? await gaveWay(left, held, disk)
      : // The newer one first. Where something else has the place, both stay.
        held.length === 0 || (await firstMoved(held, left.target, disk));
    if (isDone) await discard(left.path, disk);
  }
}

/** Whether nothing that lies beside the run at the target is wanted, any more or as it was there before. */
async function gaveWay(left: Left, held: readonly string[], disk: Disk): Promise<boolean> {
  // Behind the first move, the run that stands there came later.
  if (!held.includes(left.whole) || held.includes(left.old)) return true;
  if ((await savedAt(left.whole, disk)) < (await savedAt(left.target, disk))) return true;
  const there = await disk.readdir(left.target).catch(() => [NO_FOLDER]);
  if (!there.every(mayBeInRun) || !(await firstMoved([left.target], left.old, disk))) return false;
  const isMoved = await firstMoved([left.whole], left.target, disk);
  if (!isMoved) await firstMoved([left.old], left.target, disk);
  return isMoved;
}

async function savedAt(path: string, disk: Disk): Promise<number> {
  const found = await disk.stat(join(path, runFileNames.record)).catch(() => null);
  return found?.mtimeMs ?? 0;
}

/** Where the run that belongs to `target` is while nothing stands there, the newer one first. */
export async function strandedRuns(target: string, disk: Disk): Promise<readonly string[]> {
  const folders = await foldersIn(dirname(target), disk);
  const mine = folders.filter((each) => each.isWanted && each.target === target);
  return (await Promise.all(mine.map((each) => runsOf(each, disk)))).flat();
}

async function foldersIn(parent: string, disk: Disk): Promise<readonly Left[]> {
  const names = await disk.readdir(parent).catch(() => []);
  const folders: Left[] = [];
  for (const name of names.sort()) {
    const [, run, kind, , pid, machine = "", boot = null] = NAME.exec(name) ?? [];
    if (run === undefined) continue;
    const path = join(parent, name);
    const owner = pid === undefined ? null : { pid: Number(pid), machine, boot };
    // Of someone else, whatever its name.
    if (!(await holdsRunsAlone(path, owner !== null, disk))) continue;
    const workedAt = await lastMoved(path, disk);
    const isLeft =
      workedAt !== null &&
      ((owner !== null && isGone(owner, disk.owner, disk.lives, workedAt)) || disk.now() - workedAt > DAY_MS);
    folders.push({ ...inside(path), target: join(parent, run), isWanted: kind === "new", isLeft });
  }
  return folders;
}

/**
 * Whether all that is in it are files of runs. Without an owner the name is one that others give their folders too
 * (`.vimrc.new-backup`), and an empty one, or one of empty folders, may be anybody's.
 */
async function holdsRunsAlone(path: string, mayBeEmpty: boolean, disk: Disk): Promise<boolean> {
  const entries = await disk.readdir(path).catch(() => null);
  if (entries?.every((entry) => ENTRIES.has(entry)) !== true) return false;
  const inside = await Promise.all(
    entries.map((entry) => disk.readdir(join(path, entry)).catch(() => [NO_FOLDER])),
  );
  const names = inside.flat();
  return names.every(mayBeInRun) && (mayBeEmpty || names.length > 0);
}

/** What cannot be listed is not ours; no run has a file of this name. */
const NO_FOLDER = "";

/** When something was last put into it or taken out; null where it is gone. */
async function lastMoved(path: string, disk: Disk): Promise<number | null> {
  const found = await disk.stat(path).catch(() => null);
  return found?.mtimeMs ?? null;
}

async function isRun(path: string, disk: Disk): Promise<boolean> {
  const names = await disk.readdir(path).catch((): string[] => []);
  return names.includes(runFileNames.record);
}

async function runsOf({ whole, old }: WorkingFolder, disk: Disk): Promise<readonly string[]> {
  const found = await Promise.all([whole, old].map((path) => isRun(path, disk)));
  return [whole, old].filter((_, i) => found[i]);
}

async function firstMoved(paths: readonly string[], to: string, disk: Disk): Promise<boolean> {
  for (const path of paths) {
    const isMoved = await disk.rename(path, to).then(
      () => true,
      () => false,
    );
    if (isMoved) return true;
  }
  return false;
}
