// dot_general: for each result element one f32 accumulator, starting at 0, which takes the products in
// increasing order of the contracted indices; the product is rounded, then the sum, or both at once. The loops run over a row
// of the result at once, contracted index outside: each element still sees its products in that order, and
// memory is read along rows.

import { at, ConstraintError, offsetsAlong } from "@netwright/ir";
import { fusedMultiplyAdd } from "@netwright/ir/numerics";
import { onlyType, operandAt, type Tensor } from "../tensor.ts";
import type { Kernel } from "./kernel.ts";

// Looked up once: in a vm context, such as a test runner's, every look-up of a global is slow.
const { fround } = Math;

function f32(tensor: Tensor): Float32Array {
  if (tensor.data instanceof Float32Array) return tensor.data;
  throw new ConstraintError("dot_general_c1", `both operands must be f32, got ${tensor.type.dtype}`);
}

/** Of sums of one offset of each list the largest is an element: so the loops need not ask for each. */
function requireWithin({ length }: Float32Array, lists: readonly Int32Array[]): void {
  if (lists.some((list) => list.length === 0)) return;
  const last = lists.reduce((sum, list) => sum + at(list, list.length - 1), 0);
  if (last >= length) throw new RangeError(`there is no element ${last} of ${length}`);
}

function freeDimensions(shape: readonly number[], used: readonly number[]): number[] {
  return shape.map((_, d) => d).filter((d) => !used.includes(d));
}

/** row[j] += left * right[base + columns[j]] for all j, product and sum each rounded to f32. */
function addScaledRow(
  row: Float32Array,
  left: number,
  right: Float32Array,
  base: number,
  columns: Int32Array,
): void {
  for (let j = 0; j < columns.length; j++) {
    const product = fround(left * (right[base + (columns[j] ?? 0)] ?? 0));
    row[j] = fround((row[j] ?? 0) + product);
  }
}

/** The same, product and sum rounded together. */
function addFusedRow(
  row: Float32Array,
  left: number,
  right: Float32Array,
  base: number,
  columns: Int32Array,
): void {
  for (let j = 0; j < columns.length; j++) {
    row[j] = fusedMultiplyAdd(left, right[base + (columns[j] ?? 0)] ?? 0, row[j] ?? 0);
  }
}

export const dotGeneral: Kernel<"dot_general"> = (operands, dimensions, results, _, numerics) => {
  const addRow = numerics === "fused" ? addFusedRow : addScaledRow;
  const [lhs, rhs] = [operandAt(operands, 0), operandAt(operands, 1)];
  const [left, right] = [f32(lhs), f32(rhs)];
  const [lhsShape, rhsShape] = [lhs.type.shape, rhs.type.shape];
  const { lhsBatching, rhsBatching, lhsContracting, rhsContracting } = dimensions;

  // The offset of an element is the sum of three: by batch, by free and by contracted index.
  const lhsBatch = offsetsAlong(lhsShape, lhsBatching);
  const rhsBatch = offsetsAlong(rhsShape, rhsBatching);
  const lhsRows = offsetsAlong(lhsShape, freeDimensions(lhsShape, [...lhsBatching, ...lhsContracting]));
  const rhsColumns = offsetsAlong(rhsShape, freeDimensions(rhsShape, [...rhsBatching, ...rhsContracting]));
  const lhsInner = offsetsAlong(lhsShape, lhsContracting);
  const rhsInner = offsetsAlong(rhsShape, rhsContracting);
  requireWithin(left, [lhsBatch, lhsRows, lhsInner]);
  requireWithin(right, [rhsBatch, rhsColumns, rhsInner]);

  const out = new Float32Array(lhsBatch.length * lhsRows.length * rhsColumns.length);
  let position = 0;
  for (let b = 0; b < lhsBatch.length; b++) {
    for (let i = 0; i < lhsRows.length; i++) {
      const row = out.subarray(position, position + rhsColumns.length);
      const lhsBase = at(lhsBatch, b) + at(lhsRows, i);
      for (let k = 0; k < lhsInner.length; k++) {
        const factor = left[lhsBase + (lhsInner[k] ?? 0)] ?? 0;
        addRow(row, factor, right, (rhsBatch[b] ?? 0) + (rhsInner[k] ?? 0), rhsColumns);
      }
      position += rhsColumns.length;
    }
  }
  return [{ type: onlyType(results), data: out }];
};
