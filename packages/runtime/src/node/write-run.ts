// Files into a directory, all or nothing: whoever looks sees the old run or the new one, never a part, and whatever ends the
// process, one of them is found again.

import { dirname, join, resolve } from "node:path";
import type { RunFiles } from "../bundle/run-files.ts";
import { fail, type Outcome, problem, succeed } from "../problem/problem.ts";
import { codeOf } from "../problem/thrown.ts";
import { type Disk, THIS_DISK } from "./disk.ts";
import { isDirectory, makeDirectories, syncDirectory, writeDurably } from "./durable.ts";
import { heldOpenProblem, isAbsent, unconfirmedProblem, writeProblem } from "./file-errors.ts";
import { isHeldOpen, move } from "./move.ts";
import { recover } from "./recover.ts";
import { mayBeInRun } from "./run-entries.ts";
import { discard, makeWorkingFolder, type WorkingFolder } from "./working-folder.ts";

/**
 * Writes the files beside `directory`, forces them to the disk, and moves them into its place. A run that is
 * there is moved away first and deleted last; a directory that holds anything else is not touched.
 * Gives the directory's absolute path. Problems: NW0830 to NW0833. `host` are calls of another disk, for tests.
 */
export async function writeRun(
  directory: string,
  files: RunFiles,
  host: Partial<Disk> = {},
): Promise<Outcome<string>> {
  const written = await writeOver(directory, files, null, host);
  return written.ok ? succeed(written.value ?? resolve(directory)) : written;
}

/** Whether the run that is at the path then is kept. */
type IsKept = (path: string) => Promise<boolean>;

/**
 * The same, where what is there may be worth more. `isKept` is asked about it once it is moved away, when no other process
 * can put anything in its place, so that what is compared is what is replaced. What is kept goes back, and null is given.
 */
export function writeRunUnless(
  directory: string,
  files: RunFiles,
  isKept: IsKept,
  host: Partial<Disk> = {},
): Promise<Outcome<string | null>> {
  return writeOver(directory, files, isKept, host);
}

async function writeOver(
  directory: string,
  files: RunFiles,
  isKept: IsKept | null,
  host: Partial<Disk>,
): Promise<Outcome<string | null>> {
  const disk: Disk = { ...THIS_DISK, ...host };
  let working: WorkingFolder | undefined;
  let isPlaced = false;
  /** Where this run and the earlier one are, once neither can take the place. */
  let away: string | undefined;
  try {
    const target = await resolved(directory, disk);
    const parent = dirname(target);
    await recover({ parent }, disk);
    const foreign = await foreignEntries(target, disk);
    if (foreign !== null && foreign.length > 0) {
      return fail(
        problem(
          "NW0832",
          `\`${directory}\` holds \`${foreign[0]}\`, which is not a file of a run; replacing the directory would lose it.`,
          "Choose a directory that does not exist yet, or one that holds a run.",
        ),
      );
    }
    await makeDirectories(parent, disk);
    working = await makeWorkingFolder(target, disk);
    // mkdtemp makes a directory for its owner alone; the run's own directory gets the usual permissions.
    await disk.mkdir(working.fresh);
    for (const [name, bytes] of files) await writeDurably(join(working.fresh, name), bytes, disk);
    await syncDirectory(working.fresh, disk);
    await move(working.fresh, isKept === null ? working.whole : working.ready, disk);
    const placing = await replace(target, working, isKept, disk);
    if (placing === KEPT) return succeed(null);
    if (!placing.isPlaced) {
      if (!placing.isBack) {
        away = working.path;
        working = undefined;
      }
      throw placing.error;
    }
    isPlaced = true;
    await syncDirectory(parent, disk);
    return succeed(target);
  } catch (error) {
    if (isPlaced) return fail(unconfirmedProblem(error, directory));
    return fail(
      isHeldOpen(error, disk.platform)
        ? heldOpenProblem(directory, away)
        : writeProblem(error, directory, away),
    );
  } finally {
    // With it goes the run that was replaced.
    if (working !== undefined) await discard(working.path, disk);
  }
}

/** Removes the run of the directory, as a whole. What cannot be removed stays, and is no error. */
export async function removeRun(directory: string, host: Partial<Disk> = {}): Promise<void> {
  const disk: Disk = { ...THIS_DISK, ...host };
  try {
    const target = await resolved(directory, disk);
    const foreign = await foreignEntries(target, disk);
    if (foreign === null || foreign.length > 0) return;
    const working = await makeWorkingFolder(target, disk);
    // Named as what is about to be removed before it is moved there, so that nobody takes it for one that was lost.
    const gone = working.path.replace(/\.new-([^/\\]*)$/, ".gone-$1");
    await disk.rename(working.path, gone);
    await move(target, join(gone, "old"), disk).catch(() => {});
    await disk.rm(gone, { recursive: true, force: true });
  } catch {}
}

/** Of several that save the same run at a time, each moves away what another has put there. */
const ATTEMPTS = 20;

/**
 * Moves what is at `target` to `old`, and back if the new run cannot take its place. Gives why, if so; where not even the way
 * back is open, the working folder stays, in which whoever reads the run finds it. What the new run is called there tells
 * whoever comes after a kill whether it may take the place.
 */
async function replace(
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

const KEPT = "kept";

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

type Placing =
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

/** Links are followed, so that the directory they lead to is replaced and not the link. */
async function resolved(directory: string, disk: Disk): Promise<string> {
  try {
    return await disk.realpath(directory);
  } catch (error) {
    if (isAbsent(error)) return resolve(directory);
    throw error;
  }
}

/** Names in the directory that would be somebody's loss; `null` when there is no directory. */
async function foreignEntries(directory: string, disk: Disk): Promise<string[] | null> {
  try {
    return (await disk.readdir(directory)).filter((name) => !mayBeInRun(name)).sort();
  } catch (error) {
    if (codeOf(error) === "ENOENT") return null;
    throw error;
  }
}
