// The twelve tables on which others are measured, with a column `fold` that says which rows are for what, written once into a
// folder that git ignores. They belong to the authors of their R packages: measured with, not shipped.

import { existsSync, mkdirSync, renameSync, rmSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { TableFile } from "../attempt.ts";
import { call } from "./call.ts";
import { folderTables } from "./folder.ts";
import { pythonWith } from "./python.ts";
import { PACKAGES } from "./rdatasets.ts";

const FOLDER = fileURLToPath(new URL("../../../../.nx/tables/peers", import.meta.url));
const MAKER = fileURLToPath(new URL("../../write_peers.py", import.meta.url));

export function peerTables(): readonly TableFile[] {
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
