// What stands in the folder of a run: its files, and those that systems put into any folder that somebody looks at. These
// may be lost with the run, anything else is a person's.

import { runFileNames } from "../bundle/run-files.ts";

const OWN: ReadonlySet<string> = new Set(Object.values(runFileNames));
/** How a folder is shown on macOS and on Windows. */
const OF_SYSTEMS: ReadonlySet<string> = new Set([".DS_Store", "desktop.ini", "Thumbs.db"]);
/** On disks of others, macOS keeps what it knows of a file beside it. */
const BESIDE = "._";

/** Whether an entry of this name may be replaced and removed with a run. */
export function mayBeInRun(name: string): boolean {
  const of = name.startsWith(BESIDE) ? name.slice(BESIDE.length) : name;
  return OWN.has(of) || OF_SYSTEMS.has(of);
}
