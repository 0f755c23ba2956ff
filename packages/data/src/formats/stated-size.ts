// How large a table may be that says its size itself, as one of another format does: a few bytes can state any number of rows,
// and whoever believes them waits, or fills a memory.

import { count, grouped } from "@netwright/definitions";
import { CannotRead } from "./cannot-read.ts";

/** Cells that any file may have: they take some tens of megabytes, and are read in seconds. */
const ANY_FILE = 5_000_000;
/** Cells of a byte beyond that: more than what packs best of what is measured. */
const OF_A_BYTE = 1000;

/** Cells that a file of so many bytes may have. */
export function mostCells(bytes: number, ofAByte: number = OF_A_BYTE): number {
  return Math.max(ANY_FILE, ofAByte * bytes);
}

/** @throws CannotRead where a file of so many bytes states more cells than it may have */
export function checkStatedSize(rows: number, columns: number, bytes: number): void {
  // Not by what is greater: a size beyond all numbers is not a number times nothing.
  if (rows * columns <= mostCells(bytes)) return;
  const what = `${count(rows, "row")} of ${count(columns, "column")}`;
  throw new CannotRead(`says that it has ${what}, in ${grouped(bytes)} bytes`, [
    `Up to ${grouped(ANY_FILE)} cells are read of any file, and of larger ones ${grouped(OF_A_BYTE)} for each byte. If nearly all of it is empty or the same, write the rest alone.`,
  ]);
}

/** The best of deflate, and a little more. */
const UNPACKED_BYTE = 1040;
const ANY_PART = 1 << 20;

/** Bytes that so many packed ones of deflate may become. */
export function mostUnpacked(bytes: number): number {
  return Math.max(ANY_PART, UNPACKED_BYTE * bytes);
}
