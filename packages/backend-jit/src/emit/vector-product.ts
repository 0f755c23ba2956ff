// A vector times a matrix whose rows are contiguous: bound by reading the matrix, so that it is read from the
// first to the last byte, a few rows side by side, with all sums in the nearest cache. Every sum still takes its
// products in increasing order.

import type { ContractionKernel, ContractionOperand } from "../kernels/contraction.ts";
import { linearStride } from "../plan/strides.ts";
import { type Emission, repeat } from "./emission.ts";
import { emitMapOf } from "./map.ts";

/** Rows of the matrix that are read at the same time. */
const ROWS = 4;

function bytesAlong({ inner }: ContractionOperand): number {
  const stride = linearStride(inner);
  if (stride === undefined) throw new Error("a vector product runs along one axis");
  return 4 * stride;
}

export function emitVectorProduct(emission: Emission, kernel: ContractionKernel): void {
  const { fn, address, scratch, constants, productSum } = emission;
  const { inner, columns, lhs, rhs, body, result } = kernel;
  const index = fn.local("i32");
  const element = fn.local("i32");
  const matrix = fn.local("i32");
  const factorAt = fn.local("i32");
  const rowBytes = bytesAlong(rhs);
  const factorBytes = bytesAlong(lhs);
  fn.i32(address(rhs.buffer) + 4 * rhs.start).set(matrix);
  fn.i32(address(lhs.buffer) + 4 * lhs.start).set(factorAt);

  /** The sums take the products of `count` rows; the first rows find nothing there. */
  const rows = (count: number, isFirst: boolean): void => {
    fn.scope(() => {
      const factors = fn.locals("v128", count);
      const sum = fn.local("v128");
      const at = fn.local("i32");
      factors.forEach((factor, k) => {
        fn.get(factorAt)
          .mem("v128.load32_splat", k * factorBytes)
          .set(factor);
      });
      fn.get(matrix).set(at);
      repeat(fn, element, 0, 16 * Math.ceil(columns / 4), 16, () => {
        if (isFirst) fn.get(constants.f32(0)).set(sum);
        else fn.get(element).mem("v128.load", scratch).set(sum);
        factors.forEach((factor, k) => {
          productSum(
            sum,
            () => fn.get(factor),
            () => fn.get(at).mem("v128.load", k * rowBytes),
          );
          fn.set(sum);
        });
        fn.get(element).get(sum).mem("v128.store", scratch);
        fn.get(at).i32(16).op("i32.add").set(at);
      });
      fn.get(matrix)
        .i32(count * rowBytes)
        .op("i32.add")
        .set(matrix);
      fn.get(factorAt)
        .i32(count * factorBytes)
        .op("i32.add")
        .set(factorAt);
    });
  };
  const first = inner % ROWS === 0 ? ROWS : inner % ROWS;
  rows(first, true);
  repeat(fn, index, 0, (inner - first) / ROWS, 1, () => rows(ROWS, false));

  emitMapOf(emission, body, (flat) => {
    const sum = fn.local("v128");
    fn.get(flat).mem("v128.load", scratch).set(sum);
    return new Map([[result, sum]]);
  });
}
