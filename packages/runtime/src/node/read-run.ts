// A run from its directory. Only the files that a run has are read.

import { access, readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { listed } from "@netwright/definitions";
import { filesToBundle, type RunBundle, runFileNames } from "../bundle/bundle.ts";
import { fail, type Outcome, problem } from "../problem/problem.ts";
import { isAbsent, readProblem } from "./file-errors.ts";

/** Problems: NW0820, NW0834, and those of `filesToBundle`. */
export async function readRun(directory: string): Promise<Outcome<RunBundle>> {
  const names = new Set<string>(Object.values(runFileNames));
  const files = new Map<string, Uint8Array>();
  let path = directory;
  try {
    const present = (await readdir(directory)).filter((name) => names.has(name));
    for (const name of present.sort()) {
      path = join(directory, name);
      files.set(name, await readFile(path));
    }
  } catch (error) {
    if (!isAbsent(error)) return fail(readProblem(error, path));
    const isFile = await exists(directory);
    return fail(noRun(directory, isFile ? "it is no directory" : "there is no such directory"));
  }
  if (files.size === 0) {
    const inside = await runsInside(directory);
    const why = "the directory holds no file of a run";
    return fail(
      inside.length === 0
        ? noRun(directory, why)
        : problem("NW0820", `There is no run at \`${directory}\`: ${why}, but runs.`, named(inside)),
    );
  }
  return filesToBundle(files);
}

/** The runs of a folder of runs, as paths, in the order of their names. */
async function runsInside(directory: string): Promise<readonly string[]> {
  const paths = (await readdir(directory)).sort().map((name) => join(directory, name));
  const found = await Promise.all(paths.map((path) => exists(join(path, runFileNames.record))));
  return paths.filter((_, i) => found[i]);
}

function exists(path: string): Promise<boolean> {
  return access(path).then(
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

function noRun(directory: string, why: string) {
  return problem(
    "NW0820",
    `There is no run at \`${directory}\`: ${why}.`,
    "Give the directory that `netwright train` printed, such as `runs/concrete-1a2b3c4d`.",
  );
}
