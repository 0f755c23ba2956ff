// A run from its directory. Only the files that a run has are read.

import { join, resolve } from "node:path";
import { listed } from "@netwright/definitions";
import { filesToBundle } from "../bundle/bundle.ts";
import type { RunBundle } from "../bundle/run-bundle.ts";
import { largestRunFile, runFileNames } from "../bundle/run-files.ts";
import { isOutOfMemory } from "../problem/out-of-memory.ts";
import { fail, type Outcome, problem, type RuntimeProblem } from "../problem/problem.ts";
import { LENGTH_BYTES } from "../safetensors/format.ts";
import { checkHeader, elementsStart } from "../safetensors/read.ts";
import { type Disk, THIS_DISK } from "./disk.ts";
import { isAbsent, readProblem } from "./file-errors.ts";
import type { JudgeStart } from "./regular-file.ts";
import { recover, strandedRuns } from "./working-folder.ts";

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

/** What is in the files is copied once more. */
function bundleOf(files: ReadonlyMap<string, Uint8Array>, directory: string): Outcome<RunBundle> {
  try {
    return filesToBundle(files);
  } catch (error) {
    if (isOutOfMemory(error)) return fail(readProblem(error, directory));
    throw error;
  }
}

const ATTEMPTS = 10;

type Reading =
  | { readonly kind: "files"; readonly files: ReadonlyMap<string, Uint8Array> }
  | { readonly kind: "failed"; readonly problems: readonly RuntimeProblem[] }
  | { readonly kind: "changed" | "absent" };

async function filesAt(directory: string, disk: Disk): Promise<Reading> {
  const files = new Map<string, Uint8Array>();
  let path = directory;
  let isOpen = false;
  try {
    const before = await disk.stat(directory);
    const present = new Set(await disk.readdir(directory));
    for (const key of ["checkpoint", "history", "model", "record"] as const) {
      const name = runFileNames[key];
      if (!present.has(name)) continue;
      isOpen = true;
      path = join(directory, name);
      files.set(name, await disk.readFile(path, largestRunFile[key], judgeOf(name)));
    }
    if (!isOpen) return { kind: "absent" };
    path = directory;
    const after = await disk.stat(directory);
    const isSame = before.ino === after.ino && before.dev === after.dev;
    return isSame ? { kind: "files", files } : { kind: "changed" };
  } catch (error) {
    if (error instanceof Misfit) return { kind: "failed", problems: error.problems };
    if (isAbsent(error)) return { kind: isOpen ? "changed" : "absent" };
    return { kind: "failed", problems: [readProblem(error, path)] };
  }
}

/** Beyond it a file of tensors is looked at before there is memory for all of it: it may be a hole of two gigabytes. */
const LARGE = 1 << 24;

/** What is in the header is not what the size is. */
class Misfit extends Error {
  readonly problems: readonly RuntimeProblem[];
  constructor(problems: readonly RuntimeProblem[]) {
    super("the header is not that of a file of this size");
    this.problems = problems;
  }
}

function judgeOf(name: string): JudgeStart | undefined {
  if (!name.endsWith(".safetensors")) return undefined;
  return async (size, start) => {
    if (size < LARGE) return;
    const before = elementsStart(await start(LENGTH_BYTES), size, name);
    if (!before.ok) throw new Misfit(before.problems);
    const header = checkHeader(await start(before.value), size, name);
    if (!header.ok) throw new Misfit(header.problems);
  };
}

async function absent(directory: string, disk: Disk): Promise<RuntimeProblem> {
  const found = await disk.stat(directory).catch(() => null);
  if (found === null) return noRun(directory, "there is no such directory");
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

function noRun(directory: string, why: string): RuntimeProblem {
  return problem(
    "NW0820",
    `There is no run at \`${directory}\`: ${why}.`,
    "Give the directory that `netwright train` printed, such as `runs/concrete-1a2b3c4d`.",
  );
}
