// Files by a pattern, `data/*.csv`: the stars of a shell, in any part of a path.

import { type Dirent, existsSync, readdirSync, statSync } from "node:fs";
import { join, sep } from "node:path";
import { isPattern, namePattern, pathParts } from "@netwright/data";
import { grouped } from "@netwright/definitions";
import { codeOf, isRefusal, refuse } from "@netwright/runtime/node";
import { checkReach } from "./regular-file.ts";

export interface MatchingFile {
  readonly path: string;
  /** From the first folder or name on that the pattern leaves open, with `/` on every system. */
  readonly shortName: string;
}

/** Whether there is a file of that name, or one that fits it as a pattern; true as well where looking for it is refused. */
export function isTableThere(file: string, folders: readonly string[]): boolean {
  if (existsSync(file)) return true;
  if (!isPattern(file)) return false;
  try {
    return matchingFiles(file, folders).length > 0;
  } catch {
    // What opens it says why.
    return true;
  }
}

/** More than any table has files. What a pattern goes through is a stranger's choice, and links may lead in circles. */
const MOST_NAMES = 200_000;

/**
 * The files that fit, sorted by their names as computers compare texts: the same order on every machine. Where `folders`
 * are given, what is outside of them, there or where links lead, is not even listed.
 * @throws with the reason where the pattern leads outside, or goes through too many names
 */
export function matchingFiles(pattern: string, folders?: readonly string[]): readonly MatchingFile[] {
  const parts = pathParts(pattern);
  const names = namesWithin(folders);
  let found: readonly string[] = [parts[0] === "" ? "/" : ""];
  for (const [i, part] of parts.entries()) {
    if (part === "") continue;
    const last = i === parts.length - 1;
    found = found.flatMap((folder) =>
      isPattern(part)
        ? names(folder, part, last).map((name) => (folder === "" ? name : join(folder, name)))
        : [folder === "" ? part : join(folder, part)],
    );
  }
  const open = parts.slice(parts.findIndex(isPattern)).filter((part) => part !== "").length;
  const files = found
    .map((path) => ({ path, own: path.split(sep) }))
    .map(({ path, own }) => ({ path, whole: own.join("/"), shortName: own.slice(-open).join("/") }))
    .sort((a, b) => (a.whole < b.whole ? -1 : 1))
    .filter(({ path }) => mayBeThere(path))
    .map(({ path, shortName }) => ({ path, shortName }));
  if (folders !== undefined) for (const { path } of files) checkReach(path, folders);
  return files;
}

/** Names in a folder that fit a part of a pattern. One that begins with a point fits no star at its beginning. */
function namesWithin(folders: readonly string[] | undefined) {
  let looked = 0;
  return (folder: string, part: string, last: boolean): string[] => {
    const place = folder === "" ? "." : folder;
    if (folders !== undefined && !isWithin(place, folders)) return [];
    const entries = listed(place);
    looked += entries.length;
    if (looked > MOST_NAMES) refuse(`its pattern goes through more than ${grouped(MOST_NAMES)} names`);
    const fits = namePattern(part);
    return entries
      .filter(({ name }) => (part.startsWith(".") || !name.startsWith(".")) && fits(name))
      .filter((entry) => !last || !entry.isDirectory())
      .map(({ name }) => name);
  };
}

/** What is not there is nowhere. @throws with the reason where it is outside */
function isWithin(folder: string, folders: readonly string[]): boolean {
  try {
    checkReach(folder, folders);
    return true;
  } catch (error) {
    if (isRefusal(error)) throw error;
    return false;
  }
}

/** No directory, or one that may not be read: nothing in it fits. */
function listed(folder: string): Dirent[] {
  try {
    return readdirSync(folder, { withFileTypes: true });
  } catch {
    return [];
  }
}

/** Of what cannot be looked at, opening it says why. */
function mayBeThere(file: string): boolean {
  try {
    return statSync(file, { throwIfNoEntry: false })?.isFile() === true;
  } catch (error) {
    return codeOf(error) !== "ENOTDIR";
  }
}
