// Files by a pattern, `data/*.csv`: the stars of a shell, in any part of a path. A pattern may be a stranger's, and stars in
// many of its parts would look at the whole disk: what is looked at is bounded.

import { existsSync, readdirSync, statSync } from "node:fs";
import { join, sep } from "node:path";
import { type FitsName, isPattern, namePattern, pathParts } from "@netwright/data";
import { grouped } from "@netwright/definitions";
import { codeOf, isRefusal, refuse } from "@netwright/runtime/node";
import { checkReach } from "./regular-file.ts";

export interface MatchingFile {
  readonly path: string;
  /** From the first folder or name on that the pattern leaves open, with `/` on every system. */
  readonly shortName: string;
}

export interface SearchLimits {
  /** Folders whose names are looked at. */
  readonly folders: number;
  /** Names in all of them. */
  readonly names: number;
  /** Those of files that fit. */
  readonly files: number;
}

const LIMITS: SearchLimits = { folders: 10_000, names: 1_000_000, files: 100_000 };

/** Characters of a path, which is joined for each folder. */
const LONGEST = 4096;

/** What is opened for that path: the file of that name, or those that fit it as a pattern, as far as is looked. */
export function tableFiles(file: string): readonly string[] {
  if (!isPattern(file) || existsSync(file)) return [file];
  try {
    return matchingFiles(file).map(({ path }) => path);
  } catch {
    // Too many to look at: none of them is opened.
    return [];
  }
}

/** Whether there is a file of that name, or one that fits it as a pattern, as far as is looked. */
export function isTableThere(file: string, folders: readonly string[]): boolean {
  if (existsSync(file)) return true;
  if (!isPattern(file)) return false;
  try {
    return matchingFiles(file, folders).length > 0;
  } catch {
    // Out of reach, or too many to look at: whoever opens it tells so.
    return true;
  }
}

/**
 * The files that fit, sorted by their names as computers compare texts: the same order on every machine. Where `folders`
 * are given, what is outside of them, there or where links lead, is not even listed.
 * @throws with the reason where the pattern leads outside, or more would have to be looked at than the limits allow
 */
export function matchingFiles(
  pattern: string,
  folders?: readonly string[],
  limits: SearchLimits = LIMITS,
): readonly MatchingFile[] {
  if (pattern.length > LONGEST) refuse("its name is too long");
  const parts = pathParts(pattern);
  let found: readonly string[] = [parts[0] === "" ? "/" : ""];
  const look = looker(limits, folders);
  for (const step of stepsOf(parts)) {
    found =
      "fits" in step
        ? found.flatMap((folder) => look(folder, step))
        : found.map((folder) => joined(folder, step.names));
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

/** What is a name alone stays as it is written. */
function joined(folder: string, names: readonly string[]): string {
  const [first = "", ...others] = names;
  return folder === "" && others.length === 0 ? first : join(folder, ...names);
}

interface OpenStep {
  readonly fits: FitsName;
  /** Names that begin with a point fit. */
  readonly hidden: boolean;
  readonly last: boolean;
}

type Step = OpenStep | { readonly names: string[] };

/** Parts without a star are one step, however many follow one another. */
function stepsOf(parts: readonly string[]): readonly Step[] {
  const steps: Step[] = [];
  const named = parts.filter((part) => part !== "");
  for (const [i, part] of named.entries()) {
    const before = steps.at(-1);
    if (isPattern(part)) {
      steps.push({ fits: namePattern(part), hidden: part.startsWith("."), last: i === named.length - 1 });
    } else if (before !== undefined && "names" in before) before.names.push(part);
    else steps.push({ names: [part] });
  }
  return steps;
}

/** Names in a folder that fit; one that begins with a point fits no star at its beginning. */
function looker(
  limits: SearchLimits,
  folders: readonly string[] | undefined,
): (folder: string, step: OpenStep) => string[] {
  const seen = { folders: 0, names: 0, files: 0 };
  const count = (what: keyof SearchLimits, more: number): void => {
    seen[what] += more;
    if (seen[what] > limits[what]) refuse(TOO_MANY[what](grouped(limits[what])));
  };
  count("folders", 1);
  return (folder, { fits, hidden, last }) => {
    const place = folder === "" ? "." : folder;
    if (folders !== undefined && !isWithin(place, folders)) return [];
    const entries = entriesOf(place);
    count("names", entries.length);
    const found = entries
      // A link may lead to either.
      .filter((entry) => (last ? !entry.isDirectory() : !entry.isFile()))
      .filter(({ name }) => (hidden || !name.startsWith(".")) && fits(name));
    count(last ? "files" : "folders", found.length);
    return found.map(({ name }) => (folder === "" ? name : join(folder, name)));
  };
}

const NARROWER = "write more of its path, so that fewer fit";

const TOO_MANY: { readonly [L in keyof SearchLimits]: (most: string) => string } = {
  folders: (most) => `its pattern fits more than ${most} folders; ${NARROWER}`,
  names: (most) => `in the folders of its pattern are more than ${most} names; ${NARROWER}`,
  files: (most) => `its pattern fits more than ${most} files; ${NARROWER}`,
};

function entriesOf(folder: string) {
  try {
    return readdirSync(folder, { withFileTypes: true });
  } catch {
    // No directory, or one that may not be read: nothing in it fits.
    return [];
  }
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

/** Of what cannot be looked at, opening it says why. */
function mayBeThere(file: string): boolean {
  try {
    return statSync(file, { throwIfNoEntry: false })?.isFile() === true;
  } catch (error) {
    return codeOf(error) !== "ENOTDIR";
  }
}
