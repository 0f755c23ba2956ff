// The page of a code, as it stands in `docs/errors`. The build puts the pages beside the bundle.

import { existsSync, readFileSync } from "node:fs";

/** Seen from a chunk of the bundle, from the bundle itself, and from this file. */
const FOLDERS = ["../errors/", "./errors/", "../../../../docs/errors/"];

/** Markdown. */
export function errorPage(code: string): string {
  const places = FOLDERS.map((folder) => new URL(`${folder}${code}.md`, import.meta.url));
  const place = places.find((url) => existsSync(url));
  if (place === undefined) throw new Error(`the page of ${code} is not where the build puts it`);
  return readFileSync(place, "utf8");
}
