// A path as a file names it.

import { dirname, isAbsolute, join, normalize } from "node:path";

/** Relative to the file `from`. */
export function fileFrom(path: string, from: string): string {
  return isAbsolute(path) ? path : normalize(join(dirname(from), path));
}
