// Where arrays lie that only the kernels over the same rows need: in the working memory of a thread, with room for a strip.

import type { RowsKernel } from "../kernels/rows.ts";
import type { BufferId } from "../kernels/rule.ts";

/** Vectors are loaded whole, also at the end of an array. */
const PADDING = 64;

/** Where each array that is inside begins in the working memory, and how much of that there is. */
export function insidePlaces({ inside, strip }: Pick<RowsKernel, "inside" | "strip">): {
  readonly places: ReadonlyMap<BufferId, number>;
  readonly bytes: number;
} {
  const places = new Map<BufferId, number>();
  let bytes = 0;
  for (const [buffer, elements] of inside) {
    places.set(buffer, bytes);
    bytes += 64 * Math.ceil((4 * elements * strip + PADDING) / 64);
  }
  return { places, bytes };
}
