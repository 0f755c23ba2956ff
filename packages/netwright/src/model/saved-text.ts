// The used file of a run that a `use` in it means. It was saved under the path that it had in messages: from the folder of
// the file that uses it on a disk, as it is written in `use` where the texts were in memory.

import type { SourceText } from "@netwright/runtime";

/** Whole paths are compared, so that a file of the same name elsewhere is never taken for it. */
export function savedText(used: readonly SourceText[], path: string, from: string): SourceText | undefined {
  const folder = from.slice(0, Math.max(from.lastIndexOf("/"), from.lastIndexOf("\\")) + 1);
  const meant = isWhole(path) ? [path] : [folder + path, path];
  return meant
    .map((one) => used.find((source) => normal(source.path) === normal(one)))
    .find((found) => found !== undefined);
}

/** The paths of a run are those of the system that it was trained on. */
function isWhole(path: string): boolean {
  return /^([A-Za-z]:)?[\\/]/.test(path);
}

function normal(path: string): string {
  const parts: string[] = [];
  for (const part of path.split(/[\\/]/)) {
    if (part === ".." && parts.length > 0 && parts.at(-1) !== ".." && parts.at(-1) !== "") parts.pop();
    else if (part !== "." && (part !== "" || parts.length === 0)) parts.push(part);
  }
  return parts.join("/");
}
