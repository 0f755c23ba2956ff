// Pictures that lie in a folder for each class, as `init` is given them: the folder above these, or a pattern.

import { readdirSync, statSync } from "node:fs";
import { basename, dirname, extname, join } from "node:path";

export interface PicturesInFolders {
  /** As a file names them, with a star for the folders of the classes. */
  readonly pattern: string;
  /** What holds the folders. */
  readonly folder: string;
  /** Other files in them. */
  readonly others: number;
}

/** What the folder of a picture is called as a column. */
export const FOLDER_COLUMN = "label";

const ENDINGS = [".png", ".jpg", ".jpeg"];
/** As many names are looked at. */
const MOST_NAMES = 1_000_000;

/** Null for what is anything else. */
export function picturesIn(path: string): PicturesInFolders | null {
  if (/[*?]/.test(path)) {
    const isOpen = /[*?]/.test(basename(dirname(path))) && ENDINGS.includes(extname(path).toLowerCase());
    return isOpen ? { pattern: path, folder: dirname(dirname(path)), others: 0 } : null;
  }
  const counts = new Map<string, number>();
  let names = 0;
  for (const entry of entriesOf(path)) {
    if (!entry.isDirectory() || entry.name.startsWith(".")) continue;
    for (const file of entriesOf(join(path, entry.name))) {
      if (++names > MOST_NAMES) return null;
      if (!file.isFile() || file.name.startsWith(".")) continue;
      const ending = extname(file.name);
      counts.set(ending, (counts.get(ending) ?? 0) + 1);
    }
  }
  const found = [...counts].filter(([ending]) => ENDINGS.includes(ending.toLowerCase()));
  const [most] = found.sort(([, a], [, b]) => b - a);
  if (most === undefined) return null;
  const [ending, count] = most;
  const all = [...counts.values()].reduce((sum, each) => sum + each, 0);
  return { pattern: join(path, "*", `*${ending}`), folder: path, others: all - count };
}

function entriesOf(folder: string) {
  try {
    return statSync(folder).isDirectory() ? readdirSync(folder, { withFileTypes: true }) : [];
  } catch {
    // Whoever opens it says why.
    return [];
  }
}
