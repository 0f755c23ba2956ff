// Products of all small shapes and layouts have the bits of the plain order, whatever the plan.

import { describe, expect, test } from "@jest/globals";
import { type ProductCase, runProduct } from "./product.ts";

const base: ProductCase = {
  rows: 5,
  columns: 11,
  inner: 7,
  lhsInnerFirst: true,
  rhsInnerFirst: false,
  resultTransposed: false,
  forced: {},
  keepsOrder: true,
  parts: 1,
};

function check(part: Partial<ProductCase>): void {
  const { got, want } = runProduct({ ...base, ...part });
  expect(got).toEqual(want);
}

const layouts = [true, false].flatMap((lhsInnerFirst) =>
  [true, false].flatMap((rhsInnerFirst) =>
    [true, false].map((resultTransposed) => ({ lhsInnerFirst, rhsInnerFirst, resultTransposed })),
  ),
);

describe("emitGemm", () => {
  test.each(layouts)("every small shape, %j", (layout) => {
    for (const rows of [1, 2, 3, 4, 5, 8, 9]) {
      for (const columns of [1, 2, 3, 4, 7, 8, 9, 33]) {
        for (const inner of [1, 3, 4, 9]) check({ rows, columns, inner, ...layout });
      }
    }
  });

  test.each(layouts)("both ways round, packed or not, %j", (layout) => {
    for (const transposed of [true, false]) {
      for (const packAlong of [true, false]) {
        for (const packAcross of ["panel", "whole"] as const) {
          for (const lineBlock of [4, 8, 16]) {
            check({
              rows: 13,
              columns: 21,
              ...layout,
              forced: { transposed, packAlong, packAcross, lineBlock },
            });
          }
        }
      }
    }
  });

  test("vectors straight from memory, with a ragged end", () => {
    for (const columns of [8, 9, 10, 11, 12]) check({ rows: 9, columns, forced: { packAcross: "none" } });
  });

  test("other register tiles and unrolling", () => {
    for (const [lines, vectors] of [
      [1, 8],
      [2, 4],
      [3, 3],
      [5, 2],
      [8, 1],
    ] as const) {
      for (const unroll of [1, 2, 4, 8]) {
        const forced = { tile: { lines, vectors }, unroll, packAlong: false, lineBlock: 2 * lines };
        check({ rows: 19, columns: 37, inner: 21, forced });
      }
    }
  });

  test.each([1, 2, 3, 4, 7])("shared out in %d parts", (parts) => {
    for (const columns of [3, 8, 41]) {
      for (const packAcross of ["panel", "whole"] as const) {
        check({ rows: 9, columns, parts: Math.max(2, parts), forced: { transposed: false, packAcross } });
      }
    }
  });

  test("larger shapes, for each kind of engine", () => {
    for (const keepsOrder of [true, false]) {
      check({ rows: 70, columns: 65, inner: 1200, keepsOrder });
      check({ rows: 131, columns: 27, inner: 70, lhsInnerFirst: false, keepsOrder });
      check({ rows: 3, columns: 127, keepsOrder });
    }
  });
});
