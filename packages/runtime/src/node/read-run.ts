// A run from its directory. Only the files that a run has are read.

import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
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
    return fail(noRun(directory, "there is no such directory"));
  }
  if (files.size === 0) return fail(noRun(directory, "the directory holds no file of a run"));
  return filesToBundle(files);
}

function noRun(directory: string, why: string) {
  return problem(
    "NW0820",
    `There is no run at \`${directory}\`: ${why}.`,
    "Give the directory that `netwright train` printed, such as `runs/concrete-1a2b3c4d`.",
  );
}
