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
  /** Those of them that are pictures, too. */
  readonly otherPictures: number;
}

/** What the folder of a picture is called as a column. */
export const FOLDER_COLUMN = "label";

const ENDINGS = [".png", ".jpg", ".jpeg"];
/** As many names are looked at. */
const MOST_NAMES = 1_000_000;

/** Null for what is anything else. */
export function picturesIn(path: string): PicturesInFolders | null {
  if (/[*?]/.test(path)) {
    const ending = extname(path).toLowerCase();
    const isOpen =
      /[*?]/.test(basename(dirname(path))) && (ENDINGS.includes(ending) || basename(path) === "*");
    return isOpen ? { pattern: path, folder: dirname(dirname(path)), others: 0, otherPictures: 0 } : null;
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
  // Pictures of several endings are one table where nothing else is among them.
  if (found.length > 1 && found.length === counts.size)
    return { pattern: join(path, "*", "*"), folder: path, others: 0, otherPictures: 0 };
  const pattern = join(path, "*", `*${ending}`);
  return { pattern, folder: path, others: summed(counts) - count, otherPictures: summed(found) - count };
}

/** Folders in it that are such folders themselves, as `train` and `test` of many collections. */
export function picturesBelow(folder: string): readonly PicturesInFolders[] {
  const names = entriesOf(folder)
    .filter((entry) => entry.isDirectory() && !entry.name.startsWith("."))
    .map(({ name }) => name)
    .sort();
  return names.slice(0, MOST_BELOW).flatMap((name) => picturesIn(join(folder, name)) ?? []);
}

const MOST_BELOW = 20;

function summed(counts: Iterable<readonly [string, number]>): number {
  return [...counts].reduce((sum, [, count]) => sum + count, 0);
}

function entriesOf(folder: string) {
  try {
    return statSync(folder).isDirectory() ? readdirSync(folder, { withFileTypes: true }) : [];
  } catch {
    // Whoever opens it says why.
    return [];
  }
}
