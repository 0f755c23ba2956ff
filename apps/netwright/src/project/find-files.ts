// The `.net` files that paths mean: files as they are named, and of a folder all below it. Links are not followed
// in a folder, so no file is met twice and no circle entered; hidden folders and `node_modules` hold nobody's work.

import { readdirSync } from "node:fs";
import { join, resolve } from "node:path";
import type { Diagnostic } from "@netwright/lang";
import { cliError } from "../usage/codes.ts";
import { pathKind } from "./path-kind.ts";

export interface FoundFiles {
  /** Each once, in the order of the paths, within a folder by name. */
  readonly files: readonly string[];
  readonly problems: readonly Diagnostic[];
}

export function filesToFormat(paths: readonly string[]): FoundFiles {
  const files = new Map<string, string>();
  const problems: Diagnostic[] = [];
  for (const path of paths) {
    const kind = pathKind(path);
    if (kind === "other")
      problems.push(cliError("NW0901", `\`${path}\` is no file; \`-\` is standard input`));
    else if (kind !== "directory") files.set(resolve(path), path);
    else {
      const found: string[] = [];
      const before = problems.length;
      walk(path, found, problems);
      for (const file of found) if (!files.has(resolve(file))) files.set(resolve(file), file);
      if (found.length === 0 && problems.length === before)
        problems.push(cliError("NW0901", `there is no .net file below \`${path}\``));
    }
  }
  return { files: [...files.values()], problems };
}

function walk(folder: string, found: string[], problems: Diagnostic[]): void {
  try {
    const entries = readdirSync(folder, { withFileTypes: true });
    entries.sort((a, b) => (a.name < b.name ? -1 : 1));
    for (const entry of entries) {
      const path = join(folder, entry.name);
      if (entry.isFile() && entry.name.endsWith(".net")) found.push(path);
      else if (entry.isDirectory() && !entry.name.startsWith(".") && entry.name !== "node_modules")
        walk(path, found, problems);
    }
  } catch (error) {
    // Not `instanceof Error`: Node's own errors are from another realm when this code runs in a vm context.
    if (typeof error !== "object" || error === null || !("syscall" in error)) throw error;
    const reason = "message" in error ? String(error.message) : String(error);
    problems.push(cliError("NW0901", `the folder \`${folder}\` cannot be read: ${reason}`));
  }
}
