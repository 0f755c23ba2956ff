// The run that lies in a folder, as it is there: nothing is put in order for it.

import { join } from "node:path";
import { filesToBundle } from "../bundle/bundle.ts";
import type { RunBundle } from "../bundle/run-bundle.ts";
import { largestRunFile, runFileNames } from "../bundle/run-files.ts";
import { isOutOfMemory } from "../problem/out-of-memory.ts";
import { fail, type Outcome, type RuntimeProblem } from "../problem/problem.ts";
import { LENGTH_BYTES } from "../safetensors/format.ts";
import { checkHeader, elementsStart } from "../safetensors/read.ts";
import type { Disk } from "./disk.ts";
import { isAbsent, readProblem } from "./file-errors.ts";
import type { JudgeStart } from "./regular-file.ts";

export type Reading =
  | { readonly kind: "files"; readonly files: ReadonlyMap<string, Uint8Array> }
  | { readonly kind: "failed"; readonly problems: readonly RuntimeProblem[] }
  | { readonly kind: "changed" | "absent" };

export async function filesAt(directory: string, disk: Disk): Promise<Reading> {
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

/** What is in the files is copied once more. */
export function bundleOf(files: ReadonlyMap<string, Uint8Array>, directory: string): Outcome<RunBundle> {
  try {
    return filesToBundle(files);
  } catch (error) {
    if (isOutOfMemory(error)) return fail(readProblem(error, directory));
    throw error;
  }
}

/** Null where there is none, or none that can be read. */
export async function bundleAt(directory: string, disk: Disk): Promise<RunBundle | null> {
  const found = await filesAt(directory, disk);
  if (found.kind !== "files") return null;
  const read = bundleOf(found.files, directory);
  return read.ok ? read.value : null;
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
