// A tile is the small rectangle of a product that is held in registers while its sums are made.

import type { Local } from "../../wasm/function-builder.ts";

/** Lines of vectors of four: rows of the product. */
export interface Tile {
  readonly lines: number;
  /** Vectors in a line. */
  readonly vectors: number;
  /** Elements in a line that belong to the product; what is in lanes beyond has no meaning. */
  readonly valid: number;
  /** Indices of the product's element in the first lane of the first line. */
  readonly line: Local;
  readonly element: Local;
  /** The sums: line by line, vector by vector. Hooks may change them. */
  readonly registers: readonly Local[];
}

/** Valid lanes of the vector at `position` of `registers`. */
export function lanesOf({ vectors, valid }: Tile, position: number): number {
  return Math.min(4, valid - 4 * (position % vectors));
}
