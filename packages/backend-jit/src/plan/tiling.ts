// How a contraction is cut into register tiles, and which operands are copied next to one another first. A tile
// of 2 x 16 results keeps 8 accumulators, 4 vectors of rhs and a number of lhs in the 16 vector registers. Engines
// load all operands of a turn of the loop before they multiply, so that wider tiles and unrolled loops spill.

import { aligned } from "./arena.ts";
import type { ContractionKernel } from "./kernel.ts";

export const TILE_ROWS = 2;
export const PANEL_COLUMNS = 16;
/** Rows that are copied side by side: two tiles. */
export const STRIP_ROWS = 2 * TILE_ROWS;

export interface Tiling {
  /** lhs is copied to [rows / 4][inner][4] before anything is multiplied. */
  readonly packLhs: boolean;
  /** Each panel of 16 columns of rhs is copied to [inner][16] before it is used. */
  readonly packRhs: boolean;
  /** Offsets and size of the working memory in bytes. */
  readonly lhsScratch: number;
  readonly rhsScratch: number;
  readonly bytes: number;
}

export function tilingOf({ rows, columns, inner, lhs, rhs }: Omit<ContractionKernel, "body">): Tiling {
  // Elements far apart are worth a copy when several panels read them.
  const packLhs = lhs.inner !== 1 && columns > PANEL_COLUMNS && inner > 1;
  // Columns side by side can be read where they are, which is best when they are read once.
  const packRhs = rhs.free !== 1 || rows > TILE_ROWS;
  const lhsBytes = packLhs ? 4 * Math.ceil(rows / STRIP_ROWS) * STRIP_ROWS * inner : 0;
  const rhsBytes = packRhs ? 4 * PANEL_COLUMNS * inner : 0;
  const rhsScratch = aligned(lhsBytes);
  return { packLhs, packRhs, lhsScratch: 0, rhsScratch, bytes: rhsScratch + aligned(rhsBytes) };
}
