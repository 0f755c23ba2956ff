// Files into a directory, all or nothing: whoever looks sees the old run or the new one, never a part.

import { mkdir, mkdtemp, open, readdir, realpath, rm, stat } from "node:fs/promises";
import { basename, dirname, join, resolve } from "node:path";
import { runFileNames } from "../bundle/bundle.ts";
import type { RunFiles } from "../bundle/format-version.ts";
import { fail, type Outcome, problem, succeed } from "../problem/problem.ts";
import { codeOf } from "../problem/thrown.ts";
import { heldOpenProblem, isAbsent, writeProblem } from "./file-errors.ts";
import { isHeldOpen, type MoveHost, move, THIS_HOST } from "./move.ts";

/**
 * Writes the files beside `directory`, forces them to the disk, and moves them into its place. A run that is
 * there is moved away first and deleted last; a directory that holds anything else is not touched.
 * Gives the directory's absolute path. Problems: NW0830 to NW0833. `host` is for tests of other platforms.
 */
export async function writeRun(
  directory: string,
  files: RunFiles,
  host: MoveHost = THIS_HOST,
): Promise<Outcome<string>> {
  let temporary: string | undefined;
  try {
    const target = await resolved(directory);
    const foreign = await foreignEntries(target);
    if (foreign !== null && foreign.length > 0) {
      return fail(
        problem(
          "NW0832",
          `\`${directory}\` holds \`${foreign[0]}\`, which is not a file of a run; replacing the directory would lose it.`,
          "Choose a directory that does not exist yet, or one that holds a run.",
        ),
      );
    }
    const parent = dirname(target);
    await makeDirectories(parent);
    temporary = await mkdtemp(join(parent, `.${basename(target)}.new-`));
    const fresh = join(temporary, "run");
    const old = join(temporary, "old");
    // mkdtemp makes a directory for its owner alone; the run's own directory gets the usual permissions.
    await mkdir(fresh);
    for (const [name, bytes] of files) await writeDurably(join(fresh, name), bytes);
    await syncDirectory(fresh, host.platform);
    await replace(target, fresh, foreign === null ? null : old, host);
    await syncDirectory(parent, host.platform);
    return succeed(target);
  } catch (error) {
    return fail(
      isHeldOpen(error, host.platform) ? heldOpenProblem(directory) : writeProblem(error, directory),
    );
  } finally {
    // With it goes the run that was replaced. What cannot be deleted is a leftover, not a failure to save.
    if (temporary !== undefined) await rm(temporary, { recursive: true, force: true }).catch(() => {});
  }
}

/** Moves what is at `target` to `old`, and back if `fresh` cannot take its place. */
async function replace(target: string, fresh: string, old: string | null, host: MoveHost): Promise<void> {
  if (old !== null) await move(target, old, host);
  try {
    await move(fresh, target, host);
  } catch (error) {
    // If not even this works, an exception from here would delete the only copy with the temporary directory.
    if (old !== null) await move(old, target, host).catch(() => move(old, `${target}.previous`, host));
    throw error;
  }
}

/** One by one: Node's own recursive `mkdir` never returns where nothing can be made, as below `/proc`. */
async function makeDirectories(path: string): Promise<void> {
  try {
    await mkdir(path);
  } catch (error) {
    if (codeOf(error) === "ENOENT" && dirname(path) !== path) {
      await makeDirectories(dirname(path));
      await mkdir(path);
    } else if (!(await isDirectory(path))) {
      throw error;
    }
  }
}

async function isDirectory(path: string): Promise<boolean> {
  const found = await stat(path).catch(() => null);
  return found?.isDirectory() === true;
}

/** Links are followed, so that the directory they lead to is replaced and not the link. */
async function resolved(directory: string): Promise<string> {
  try {
    return await realpath(directory);
  } catch (error) {
    if (isAbsent(error)) return resolve(directory);
    throw error;
  }
}

/** Names in the directory that no run has; `null` when there is no directory. */
async function foreignEntries(directory: string): Promise<string[] | null> {
  const own = new Set<string>(Object.values(runFileNames));
  try {
    return (await readdir(directory)).filter((name) => !own.has(name)).sort();
  } catch (error) {
    if (codeOf(error) === "ENOENT") return null;
    throw error;
  }
}

async function writeDurably(path: string, bytes: Uint8Array): Promise<void> {
  const file = await open(path, "wx");
  try {
    await file.writeFile(bytes);
    await file.sync();
  } finally {
    await file.close();
  }
}

/** So that the names survive a power cut too. Some systems cannot open a directory; there is nothing to do then. */
async function syncDirectory(path: string, platform: NodeJS.Platform): Promise<void> {
  if (platform === "win32") return;
  const directory = await open(path, "r");
  try {
    await directory.sync();
  } finally {
    await directory.close();
  }
}
