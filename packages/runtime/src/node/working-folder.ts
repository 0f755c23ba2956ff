// Where a run is put together before it takes its place: a hidden folder beside it, whose name says whose it is. A process
// that is killed leaves it behind. Then it may hold what is nowhere else, for between the two moves of a replacement
// nothing stands in the run's own place: whoever comes next puts that in order (`recover.ts`).
//
//   .NAME.new-OWNER-XXXXXX/run      being written, or about to be removed
//                          /ready   on the disk; whether it may take its place is being found out
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
  readonly ready: string;
  readonly whole: string;
  readonly old: string;
}

/** For the run that is to be at `target`. @throws errors of the file system */
export async function makeWorkingFolder(target: string, disk: Disk): Promise<WorkingFolder> {
  const mark = ownerMark(disk.owner());
  const path = await disk.mkdtemp(join(dirname(target), `.${basename(target)}.new-${mark}-`));
  return inside(path);
}

function inside(path: string): WorkingFolder {
  const of = (name: string) => join(path, name);
  return { path, fresh: of("run"), ready: of("ready"), whole: of("whole"), old: of("old") };
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
const ENTRIES: ReadonlySet<string> = new Set(["run", "ready", "whole", "old"]);
/** Whether a process of another machine lives cannot be asked; none writes for so long. */
const DAY_MS = 24 * 60 * 60 * 1000;

/** What a process may have left. */
export interface Left extends WorkingFolder {
  readonly target: string;
  /** Whether what it holds may be nowhere else. */
  readonly isWanted: boolean;
  /** Whether no live process works on it. */
  readonly isLeft: boolean;
}

/** Where the run that belongs to `target` is while nothing stands there: the newer one first, once it may take the place. */
export async function strandedRuns(target: string, disk: Disk): Promise<readonly string[]> {
  const folders = await foldersIn(dirname(target), disk);
  const mine = folders.filter((each) => each.isWanted && each.target === target);
  return (await Promise.all(mine.map((each) => runsOf(each, disk)))).flat();
}

export async function foldersIn(parent: string, disk: Disk): Promise<readonly Left[]> {
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
      ((owner !== null && isGone(owner, disk.owner(), disk.lives, workedAt)) ||
        disk.now() - workedAt > DAY_MS);
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
export const NO_FOLDER = "";

/** When something was last put into it or taken out; null where it is gone. */
async function lastMoved(path: string, disk: Disk): Promise<number | null> {
  const found = await disk.stat(path).catch(() => null);
  return found?.mtimeMs ?? null;
}

export async function isRun(path: string, disk: Disk): Promise<boolean> {
  const names = await disk.readdir(path).catch((): string[] => []);
  return names.includes(runFileNames.record);
}

async function runsOf({ ready, whole, old }: WorkingFolder, disk: Disk): Promise<readonly string[]> {
  const paths = [whole, old, ready];
  const found = await Promise.all(paths.map((path) => isRun(path, disk)));
  return paths.filter((_, i) => found[i]);
}
