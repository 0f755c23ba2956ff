// How an elementwise kernel reads an operand. Kernels run over a flat index that is seen as rows x columns; an
// operand has an element for each index, or is repeated along rows, along columns or along both. Everything is
// row-major, so a reshape changes no access.

import { sizeOf } from "@netwright/ir";

/**
 * With the flat index i = r * columns + c, the element read is
 * - `full`: i
 * - `row`: c, one row that is repeated for all rows
 * - `column`: r, one column that is repeated for all columns
 * - `scalar`: 0
 */
export type AccessKind = "full" | "row" | "column" | "scalar";

export interface Access {
  readonly kind: AccessKind;
  /** Of the rows x columns in which the operand is a row or a column. 0 for `full` and `scalar`, which fit all. */
  readonly columns: number;
}

export const FULL: Access = { kind: "full", columns: 0 };
const SCALAR: Access = { kind: "scalar", columns: 0 };

/** The access of a broadcast, or undefined where it is none of the four and the elements have to be moved. */
export function broadcastAccess(
  operand: readonly number[],
  shape: readonly number[],
  dimensions: readonly number[],
): Access | undefined {
  const varies = shape.map(() => false);
  dimensions.forEach((target, d) => {
    if (operand[d] !== 1) varies[target] = true;
  });
  // Dimensions of size 1 move no index.
  const wide = shape.flatMap((size, d) => (size === 1 ? [] : [{ size, varies: varies[d] ?? false }]));
  const first = wide.findIndex((dimension) => dimension.varies);
  if (first < 0) return sizeOf(shape) === 1 ? FULL : SCALAR;
  const flags = wide.map((dimension) => dimension.varies);
  const repeated = wide.filter((dimension) => !dimension.varies).map(({ size }) => size);
  if (repeated.length === 0) return FULL;
  const kept = wide.filter((dimension) => dimension.varies).map(({ size }) => size);
  if (flags.slice(first).every((flag) => flag)) return { kind: "row", columns: sizeOf(kept) };
  if (first === 0 && flags.slice(kept.length).every((flag) => !flag)) {
    return { kind: "column", columns: sizeOf(repeated) };
  }
  return undefined;
}
