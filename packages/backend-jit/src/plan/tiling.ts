// How a contraction is cut into register tiles, and which operands are copied next to one another first. A tile
// of 4 x 8 results keeps 8 accumulators of the 16 vector registers; wider ones spill.

import { aligned } from "./arena.ts";
import type { ContractionKernel } from "./kernel.ts";

export const TILE_ROWS = 4;
export const PANEL_COLUMNS = 8;

export interface Tiling {
  /** lhs is copied to [rows / 4][inner][4] before anything is multiplied. */
  readonly packLhs: boolean;
  /** Each panel of 8 columns of rhs is copied to [inner][8] before it is used. */
  readonly packRhs: boolean;
  /** Offsets and size of the working memory in bytes. */
  readonly lhsScratch: number;
  readonly rhsScratch: number;
  readonly bytes: number;
}

export function tilingOf({ rows, columns, inner, lhs, rhs }: Omit<ContractionKernel, "body">): Tiling {
  // Elements far apart are worth a copy when several panels read them.
  const packLhs = lhs.inner !== 1 && columns > 2 * PANEL_COLUMNS && inner > 1;
  // Columns side by side can be read where they are, which is best when they are read once.
  const packRhs = rhs.free !== 1 || rows > TILE_ROWS;
  const lhsBytes = packLhs ? 4 * Math.ceil(rows / TILE_ROWS) * TILE_ROWS * inner : 0;
  const rhsBytes = packRhs ? 4 * PANEL_COLUMNS * inner : 0;
  const rhsScratch = aligned(lhsBytes);
  return { packLhs, packRhs, lhsScratch: 0, rhsScratch, bytes: rhsScratch + aligned(rhsBytes) };
}
