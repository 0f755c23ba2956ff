// What is at a path.

import { statSync } from "node:fs";

export type PathKind = "file" | "directory" | "other";

/** `null` where nothing is, or nothing that may be looked at. */
export function pathKind(path: string): PathKind | null {
  try {
    const found = statSync(path);
    return found.isDirectory() ? "directory" : found.isFile() ? "file" : "other";
  } catch {
    return null;
  }
}
