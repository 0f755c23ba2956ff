// Files that come with the language: `use "netwright/tabular"`. Their names begin as no path does that is meant, and have no
// ending, so that a folder `netwright` beside a file stays what it is.

import { sequences } from "./sequences.ts";
import { tabular } from "./tabular.ts";

export const libraries: ReadonlyMap<string, string> = new Map([
  ["netwright/tabular", tabular],
  ["netwright/sequences", sequences],
]);

/** Whether a `use` of it means a library, of which there may be none of that name. */
export function isLibraryName(path: string): boolean {
  return path.startsWith("netwright/") && !path.endsWith(".net");
}
