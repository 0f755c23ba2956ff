// Files by a pattern, `data/*.csv`: the stars of a shell, in any part of a path.

import { readdirSync, statSync } from "node:fs";
import { join } from "node:path";

export function isPattern(path: string): boolean {
  return /[*?]/.test(path);
}

/** `*` stands for any characters of a name but a point at its beginning, `?` for one of them. */
function patternOf(part: string): RegExp {
  const source = Array.from(part, (character) => {
    if (character === "*") return "[^]*";
    return character === "?" ? "[^]" : character.replace(/[\\^$.*+?()[\]{}|/]/g, "\\$&");
  });
  // Several stars beside each other are one, so that a long name is not tried in many ways.
  return new RegExp(`^${source.join("").replace(/(?:\[\^\]\*)+/g, "[^]*")}$`, "u");
}

/** The files that fit, sorted by their names as computers compare texts: the same order on every machine. */
export function matchingFiles(pattern: string): readonly string[] {
  const parts = pattern.split(/[/\\]/);
  let found: readonly string[] = [parts[0] === "" ? "/" : ""];
  for (const [i, part] of parts.entries()) {
    if (part === "") continue;
    const last = i === parts.length - 1;
    found = found.flatMap((folder) =>
      isPattern(part) ? matches(folder, part, last) : [folder === "" ? part : join(folder, part)],
    );
  }
  return [...found].sort((a, b) => (a < b ? -1 : 1)).filter((file) => isThere(file));
}

function matches(folder: string, part: string, last: boolean): string[] {
  const pattern = patternOf(part);
  try {
    return readdirSync(folder === "" ? "." : folder, { withFileTypes: true })
      .filter(({ name }) => (part.startsWith(".") || !name.startsWith(".")) && pattern.test(name))
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
