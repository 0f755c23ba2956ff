// The meaning of `gather` and `scatter` on plain arrays, for whoever computes them element by element: the reference
// backend and kernels on the host.

import { at } from "@netwright/definitions";
import type { ScatterKind } from "../ops/gather.ts";

/** What holds the elements of a tensor, row-major, and takes new ones. */
export interface Elements {
  [index: number]: number;
  readonly length: number;
}

export interface Rows {
  readonly rows: number;
  /** Elements of one. */
  readonly columns: number;
}

/** Fills `out` with the rows of x at the indices. */
export function gatherRows(x: Elements, indices: Elements, out: Elements, { rows, columns }: Rows): void {
  for (let i = 0; i < indices.length; i++) {
    const row = Math.min(Math.max(at(indices, i), 0), rows - 1);
    for (let c = 0; c < columns; c++) out[i * columns + c] = at(x, row * columns + c);
  }
}

/** Changes `x`, which is f32 where kind is add. */
export function scatterRows(
  kind: ScatterKind,
  { x, indices, updates }: Readonly<Record<"x" | "indices" | "updates", Elements>>,
  { rows, columns }: Rows,
): void {
  const isRow = (row: number): boolean => row >= 0 && row < rows;
  if (kind === "set") {
    for (let i = 0; i < indices.length; i++) {
      const row = at(indices, i);
      if (!isRow(row)) continue;
      for (let c = 0; c < columns; c++) x[row * columns + c] = at(updates, i * columns + c);
    }
    return;
  }
  const sums = new Float32Array(rows * columns);
  const isHit = new Uint8Array(rows);
  for (const takesFinite of [true, false]) {
    for (let i = 0; i < indices.length; i++) {
      const row = at(indices, i);
      if (!isRow(row)) continue;
      isHit[row] = 1;
      for (let c = 0; c < columns; c++) {
        const update = at(updates, i * columns + c);
        // The array rounds each sum.
        if (Number.isFinite(update) === takesFinite)
          sums[row * columns + c] = at(sums, row * columns + c) + update;
      }
    }
  }
  for (let i = 0; i < sums.length; i++) {
    if (isHit[Math.floor(i / columns)] === 1) x[i] = Math.fround(at(x, i) + at(sums, i));
  }
}
