// Reads what the site is made from.

import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { ROOT_DOCUMENTS, type Sources } from "../sources.ts";

/** From the folder of the repository. */
export function readSources(root: string): Sources {
  const inFolder = (folder: string): string[] =>
    readdirSync(join(root, folder), { recursive: true, encoding: "utf8" })
      .map((name) => `${folder}/${name.replaceAll("\\", "/")}`)
      .filter((path) => /\.(?:md|net|svg)$/.test(path))
      .sort();
  const paths = [...ROOT_DOCUMENTS, ...inFolder("docs"), ...inFolder("examples")];
  return new Map(paths.map((path) => [path, readFileSync(join(root, path), "utf8")]));
}
