// Products of all small shapes and layouts have the bits of the plain order, whatever the plan.

import { describe, expect, test } from "@jest/globals";
import type { ProductSums } from "../../../src/emit/product-sum.ts";
import { fusesProducts } from "../../../src/wasm/fuses.ts";
import { type Layout, type ProductCase, plain, runProduct } from "./product.ts";

interface Shape {
  readonly rows: number;
  readonly columns: number;
  readonly inner: number;
  readonly lhsInnerFirst?: boolean;
  readonly rhsInnerFirst?: boolean;
}

type Rest = Partial<Omit<ProductCase, "lhs" | "rhs">>;

function check(lhs: Layout, rhs: Layout, rest: Rest = {}): void {
  for (const mayRepeat of [true, false]) {
    const { got, want } = runProduct({
      lhs,
      rhs,
      change: {},
      keepsOrder: true,
      parts: 1,
      mayRepeat,
      ...rest,
    });
    expect(got).toEqual(want);
  }
}

function checkPlain(
  { rows, columns, inner, lhsInnerFirst = true, rhsInnerFirst = false }: Shape,
  rest: Rest = {},
): void {
  check(plain(rows, inner, lhsInnerFirst), plain(columns, inner, rhsInnerFirst), rest);
}

const layouts = [true, false].flatMap((lhsInnerFirst) =>
  [true, false].map((rhsInnerFirst) => ({ lhsInnerFirst, rhsInnerFirst })),
);

/** Node 20 has no instruction for it. */
const fusions: readonly ProductSums[] = fusesProducts() ? ["fused", "emulated"] : ["emulated"];

describe("operands that lie along one of their indices", () => {
  test.each(fusions)("%s products and sums", (productSums) => {
    for (const keepsOrder of [true, false]) {
      checkPlain({ rows: 7, columns: 45, inner: 31 }, { keepsOrder, productSums });
      checkPlain({ rows: 3, columns: 9, inner: 4500, lhsInnerFirst: false }, { keepsOrder, productSums });
    }
  });

  test.each(layouts)("every small shape, %j", (layout) => {
    for (const rows of [1, 2, 3, 4, 5, 8, 9]) {
      for (const columns of [1, 2, 3, 4, 7, 8, 9, 33]) {
        for (const inner of [1, 3, 4, 9]) checkPlain({ rows, columns, inner, ...layout });
      }
    }
  });

  test.each(layouts)("packed or not, in blocks of lines, %j", (layout) => {
    for (const packAlong of [true, false]) {
      for (const packAcross of ["panel", "whole"] as const) {
        for (const lineBlock of [4, 8, 16]) {
          checkPlain(
            { rows: 13, columns: 21, inner: 7, ...layout },
            { change: { packAlong, packAcross, lineBlock } },
          );
        }
      }
    }
  });

  test("of one step, nothing of which is packed", () => {
    for (const [rows, columns] of [
      [1, 40],
      [9, 21],
      [130, 64],
    ] as const) {
      const [lhs, rhs] = [plain(rows, 1, true), plain(columns, 1, true)];
      check({ ...lhs, inner: [] }, { ...rhs, inner: [] });
      const { plan } = runProduct({
        lhs: { ...lhs, inner: [] },
        rhs: { ...rhs, inner: [] },
        change: {},
        keepsOrder: true,
        parts: 1,
      });
      expect(plan).toMatchObject({ packAlong: false, packAcross: "none" });
    }
  });

  test("vectors straight from memory, with a ragged end", () => {
    for (const columns of [8, 9, 10, 11, 12]) {
      checkPlain({ rows: 9, columns, inner: 7 }, { change: { packAcross: "none" } });
    }
  });

  test("other register tiles", () => {
    for (const [lines, vectors] of [
      [1, 8],
      [2, 4],
      [4, 2],
      [4, 1],
    ] as const) {
      const change = { tile: { lines, vectors }, lineBlock: 8 };
      checkPlain({ rows: 19, columns: 37, inner: 21 }, { change });
      checkPlain({ rows: 19, columns: 37, inner: 21, lhsInnerFirst: false }, { change });
    }
  });

  test.each([2, 3, 4, 7])("shared out in %d parts", (parts) => {
    for (const columns of [3, 8, 41]) {
      for (const packAcross of ["panel", "whole"] as const) {
        checkPlain({ rows: 9, columns, inner: 7 }, { parts, change: { packAcross } });
      }
    }
  });

  test("larger shapes, for each kind of engine", () => {
    for (const keepsOrder of [true, false]) {
      checkPlain({ rows: 70, columns: 65, inner: 1200 }, { keepsOrder });
      checkPlain({ rows: 131, columns: 27, inner: 70, lhsInnerFirst: false }, { keepsOrder });
      checkPlain({ rows: 3, columns: 127, inner: 7 }, { keepsOrder });
    }
  });
});

// A picture of 9 x 10 with 3 channels, seen by a window of 3 x 2: what a convolution multiplies.
const windows = (channels: number): Layout["free"] => [
  [7, 10 * channels],
  [9, channels],
];
const taps = (channels: number): Layout["free"] => [
  [3, 10 * channels],
  [2, channels],
  [channels, 1],
];

describe("operands of several axes", () => {
  test.each([1, 3, 4, 5, 18])("overlapping windows by filters, %d channels", (channels) => {
    const picture = { start: 0, free: windows(channels), inner: taps(channels) };
    const inner = 6 * channels;
    for (const filters of [1, 5, 24]) {
      const sizes = [3, 2, channels];
      const filter: Layout = {
        start: 0,
        free: [[filters, 1]],
        inner: sizes.map((count, d) => [count, sizes.slice(d + 1).reduce((a, b) => a * b, filters)] as const),
      };
      check(picture, filter);
      check(picture, filter, { keepsOrder: false, parts: 3 });
      // The other way round: the windows give the vectors.
      check(
        {
          start: 0,
          free: [[filters, inner]],
          inner: filter.inner.map(([count, stride]) => [count, stride / filters]),
        },
        picture,
      );
    }
  });

  test("filters turned round", () => {
    const picture: Layout = { start: 0, free: windows(4), inner: taps(4) };
    // [3][2][4] taps from the last to the first, 6 filters, one tap of all filters after the other.
    const turned: Layout = {
      start: 6 * 23,
      free: [[6, 1]],
      inner: [
        [3, -48],
        [2, -24],
        [4, -6],
      ],
    };
    check(picture, turned);
    check(
      {
        start: 23,
        free: [[5, 24]],
        inner: [
          [3, -8],
          [2, -4],
          [4, -1],
        ],
      },
      {
        ...turned,
        start: 0,
        inner: [
          [3, 48],
          [2, 24],
          [4, 6],
        ],
      },
    );
    check({ start: 4 * 24, free: [[5, -24]], inner: [[24, 1]] }, plain(6, 24, true));
    check(plain(5, 24, true), { start: 23, free: [[6, 24]], inner: [[24, -1]] });
    check(plain(5, 24, true), { start: 5, free: [[6, -1]], inner: [[24, 6]] });
  });

  test("one element for all", () => {
    check({ start: 0, free: [[6, 0]], inner: [[9, 1]] }, plain(7, 9, false));
    check(plain(6, 9, true), { start: 0, free: [[7, 1]], inner: [[9, 0]] });
    check(
      {
        start: 0,
        free: [
          [2, 9],
          [3, 0],
        ],
        inner: [[9, 1]],
      },
      { start: 0, free: [[7, 0]], inner: [[9, 1]] },
    );
  });
});

describe("a long contracted index", () => {
  const split = (lhs: Layout, rhs: Layout, rest: Rest = {}): void => {
    const result = runProduct({ lhs, rhs, change: {}, keepsOrder: true, parts: 1, ...rest });
    expect(result.plan.split).toBeDefined();
    expect(result.got).toEqual(result.want);
  };

  test.each(layouts)("in pieces, with a rest, %j", ({ lhsInnerFirst, rhsInnerFirst }) => {
    for (const [rows, columns, parts] of [
      [1, 1, 1],
      [1, 40, 1],
      [5, 23, 1],
      [7, 41, 3],
    ] as const) {
      split(plain(rows, 4500, lhsInnerFirst), plain(columns, 4500, rhsInnerFirst), { parts });
    }
  });

  test("of several axes, the last of them long or short", () => {
    for (const sizes of [
      [9, 30, 20],
      [3, 1500],
      [2100, 2],
      [4, 2, 700],
    ]) {
      const runs = (step: number): Layout["inner"] =>
        sizes.map((count, d) => [count, step * sizes.slice(d + 1).reduce((a, b) => a * (b + 1), 1)] as const);
      split({ start: 0, free: [[6, 1]], inner: runs(6) }, { start: 0, free: [[9, 1]], inner: runs(9) });
      split(
        {
          start: 0,
          free: [
            [2, 1],
            [3, 5],
          ],
          inner: runs(1),
        },
        { start: 0, free: [[9, 1]], inner: runs(9) },
        { parts: 2 },
      );
    }
  });
});
