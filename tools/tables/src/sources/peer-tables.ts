// The twelve tables on which others are measured, with a column `fold` that says which rows are for what. They belong to the
// authors of their R packages: measured with, not shipped.

import type { TableFile } from "../attempt.ts";
import { writtenOnce } from "./written-once.ts";

export function peerTables(): readonly TableFile[] {
  return writtenOnce("peers", "write_peers.py");
}
