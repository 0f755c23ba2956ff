// Files by a pattern, `data/*.csv`: the stars of a shell, in any part of a path.

import { existsSync, readdirSync, statSync } from "node:fs";
import { join, sep } from "node:path";
import { isPattern, namePattern, pathParts } from "@netwright/data";

export interface MatchingFile {
  readonly path: string;
  /** From the first folder or name on that the pattern leaves open, with `/` on every system. */
  readonly shortName: string;
}

/** Whether there is a file of that name, or one that fits it as a pattern. */
export function isTableThere(file: string): boolean {
  return existsSync(file) || (isPattern(file) && matchingFiles(file).length > 0);
}

/** The files that fit, sorted by their names as computers compare texts: the same order on every machine. */
export function matchingFiles(pattern: string): readonly MatchingFile[] {
  const parts = pathParts(pattern);
  let found: readonly string[] = [parts[0] === "" ? "/" : ""];
  for (const [i, part] of parts.entries()) {
    if (part === "") continue;
    const last = i === parts.length - 1;
    found = found.flatMap((folder) =>
      isPattern(part) ? matches(folder, part, last) : [folder === "" ? part : join(folder, part)],
    );
  }
  const open = parts.slice(parts.findIndex(isPattern)).filter((part) => part !== "").length;
  return found
    .map((path) => ({ path, own: path.split(sep) }))
    .map(({ path, own }) => ({ path, whole: own.join("/"), shortName: own.slice(-open).join("/") }))
    .sort((a, b) => (a.whole < b.whole ? -1 : 1))
    .filter(({ path }) => isThere(path))
    .map(({ path, shortName }) => ({ path, shortName }));
}

/** A name that begins with a point fits no star at its beginning. */
function matches(folder: string, part: string, last: boolean): string[] {
  const fits = namePattern(part);
  try {
    return readdirSync(folder === "" ? "." : folder, { withFileTypes: true })
      .filter(({ name }) => (part.startsWith(".") || !name.startsWith(".")) && fits(name))
      .filter((entry) => !last || !entry.isDirectory())
      .map(({ name }) => (folder === "" ? name : join(folder, name)));
  } catch {
    // No directory, or one that may not be read: nothing in it fits.
    return [];
  }
}

function isThere(file: string): boolean {
  return statSync(file, { throwIfNoEntry: false })?.isFile() === true;
}
