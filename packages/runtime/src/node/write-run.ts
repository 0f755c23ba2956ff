// Files into a directory, all or nothing: whoever looks sees the old run or the new one, never a part, and whatever ends the
// process, one of them is found again.

import { dirname, join, resolve } from "node:path";
import type { RunFiles } from "../bundle/run-files.ts";
import { fail, type Outcome, problem, succeed } from "../problem/problem.ts";
import { codeOf } from "../problem/thrown.ts";
import { type Disk, THIS_DISK } from "./disk.ts";
import { makeDirectories, syncDirectory, writeDurably } from "./durable.ts";
import { heldOpenProblem, isAbsent, unconfirmedProblem, writeProblem } from "./file-errors.ts";
import { isHeldOpen, move } from "./move.ts";
import { recover } from "./recover.ts";
import { type IsKept, KEPT, replaceRun } from "./replace-run.ts";
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
    const placing = await replaceRun(target, working, isKept, disk);
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
