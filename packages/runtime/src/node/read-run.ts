// A run from its directory. Only the files that a run has are read.

import { join, resolve } from "node:path";
import { listed } from "@netwright/definitions";
import type { RunBundle } from "../bundle/run-bundle.ts";
import { runFileNames } from "../bundle/run-files.ts";
import { fail, type Outcome, problem, type RuntimeProblem } from "../problem/problem.ts";
import { type Disk, THIS_DISK } from "./disk.ts";
import { recover } from "./recover.ts";
import { bundleOf, filesAt } from "./run-at.ts";
import { strandedRuns } from "./working-folder.ts";

/**
 * While the run is being replaced, the old or the new one is read. What a process has left that was killed then is put in order
 * before. Problems: NW0820, NW0834, and those of `filesToBundle`. `host` are calls of another disk, for tests.
 */
export async function readRun(directory: string, host: Partial<Disk> = {}): Promise<Outcome<RunBundle>> {
  const disk: Disk = { ...THIS_DISK, ...host };
  const target = await disk.realpath(directory).catch(() => resolve(directory));
  await recover({ target }, disk);
  for (let attempt = 1; ; attempt++) {
    const found = await filesAt(directory, disk);
    // A directory that is another one by now has given files of two runs.
    if (found.kind === "changed" && attempt < ATTEMPTS) continue;
    if (found.kind === "files") return bundleOf(found.files, directory);
    if (found.kind === "failed") return fail(...found.problems);
    for (const path of await strandedRuns(target, disk)) {
      const stranded = await filesAt(path, disk);
      if (stranded.kind === "files") return bundleOf(stranded.files, directory);
    }
    // The replacement may have come to its end in between.
    if (attempt < ATTEMPTS && (await exists(join(target, runFileNames.record), disk))) continue;
    return fail(await absent(directory, disk));
  }
}

const ATTEMPTS = 10;

async function absent(directory: string, disk: Disk): Promise<RuntimeProblem> {
  const found = await disk.stat(directory).catch(() => null);
  if (found === null) return noRun(directory, "there is no such directory");
  if (!found.isDirectory() && directory.endsWith(".net")) return untrained(directory);
  if (!found.isDirectory()) return noRun(directory, "it is no directory");
  const inside = await runsInside(directory, disk);
  const why = "the directory holds no file of a run";
  return inside.length === 0
    ? noRun(directory, why)
    : problem("NW0820", `There is no run at \`${directory}\`: ${why}, but runs.`, named(inside));
}

/** The runs of a folder of runs, as paths, in the order of their names. */
async function runsInside(directory: string, disk: Disk): Promise<readonly string[]> {
  const names = await disk.readdir(directory).catch((): string[] => []);
  const paths = names.sort().map((name) => join(directory, name));
  const found = await Promise.all(paths.map((path) => exists(join(path, runFileNames.record), disk)));
  return paths.filter((_, i) => found[i]);
}

function exists(path: string, disk: Disk): Promise<boolean> {
  return disk.stat(path).then(
    () => true,
    () => false,
  );
}

function named(runs: readonly string[]): string {
  // Whole paths, which can be copied.
  return `Name one of them: ${listed(
    runs.map((path) => `\`${path}\``),
    LISTED,
    "or",
  )}.`;
}

/** So many runs are named. */
const LISTED = 5;

function untrained(file: string): RuntimeProblem {
  return problem(
    "NW0820",
    `There is no run at \`${file}\`: it is a file that has to be trained first.`,
    `\`netwright train ${/^[\w./-]+$/.test(file) ? file : `"${file}"`}\` makes a run of it, and prints its directory: give that.`,
  );
}

function noRun(directory: string, why: string): RuntimeProblem {
  return problem(
    "NW0820",
    `There is no run at \`${directory}\`: ${why}.`,
    "Give the directory that `netwright train` printed, such as `runs/concrete-1a2b3c4d`.",
  );
}
