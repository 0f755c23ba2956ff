// Rows of a matrix picked or summed by products with a matrix of zeros and ones, exactly: what a product would spoil,
// as 0 times an infinity does and as -0 is lost in a sum, is taken out before and put back after. So it takes a
// bounded number of operations, and memory for indices times rows, not times columns as well.

import { at } from "@netwright/definitions";
import type { Builder } from "../core/builder.ts";
import type { Value } from "../core/program.ts";
import { tensor } from "../core/types.ts";

/** [m] indices -> pred [m x rows], true where the index is that of the row. */
export function isRow(b: Builder, indices: Value, rows: number): Value {
  const shape = [at(indices.type.shape, 0), rows];
  return b.compare(b.broadcastInDim(indices, shape, [0]), "EQ", b.iota(tensor("i32", shape), 1));
}

const HALF = 65536;

/** [m x columns]: for each of the m rows of `hit` [m x n] the row of x [n x columns] that it says. */
export function pickRows(b: Builder, hit: Value, x: Value): Value {
  const ones = b.convert(hit, "f32");
  const pick = (numbers: Value): Value => b.matmul(ones, numbers);
  switch (x.type.dtype) {
    case "f32":
      return pickFloats(b, pick, x);
    case "pred": {
      const picked = pick(b.convert(x, "f32"));
      return b.compare(picked, "NE", b.like(picked, 0));
    }
    case "i32":
    case "u32": {
      // Halves of 16 bits are exact in f32.
      const bits = b.convert(x, "u32");
      const half = b.like(bits, HALF);
      const [high, low] = [b.divide(bits, half), b.binary("remainder", bits, half)].map((part) =>
        b.convert(pick(b.convert(part, "f32")), "u32"),
      );
      if (high === undefined || low === undefined) return x;
      return b.convert(b.add(b.multiply(high, b.like(high, HALF)), low), x.type.dtype);
    }
  }
}

/** Numbers that no product keeps, by the number that stands for them. */
const KINDS = [
  { code: 1, number: -0 },
  { code: 2, number: Number.POSITIVE_INFINITY },
  { code: 3, number: Number.NEGATIVE_INFINITY },
  { code: 4, number: Number.NaN },
];

function pickFloats(b: Builder, pick: (numbers: Value) => Value, x: Value): Value {
  const fill = (number: number): Value => b.like(x, number);
  const zero = fill(0);
  const isMinusZero = b.binary("and", b.compare(x, "EQ", zero), b.compare(b.divide(fill(1), x), "LT", zero));
  const tests = [
    isMinusZero,
    b.compare(x, "EQ", fill(Number.POSITIVE_INFINITY)),
    b.compare(x, "EQ", fill(Number.NEGATIVE_INFINITY)),
    b.compare(x, "NE", x),
  ];
  const codes = tests.reduce((code, test, i) => b.select(test, fill(at(KINDS, i).code), code), zero);
  const [picked, kind] = [pick(b.select(b.isFinite(x), x, zero)), pick(codes)];
  return KINDS.reduce(
    (result, { code, number }) =>
      b.select(b.compare(kind, "EQ", b.like(kind, code)), b.like(kind, number), result),
    picked,
  );
}

export interface RowSums {
  /** [n x columns]: the sum of the updates of each row, in their order from 0; those that are not finite come last. */
  readonly sums: Value;
  /** pred [n x columns]: whether there is any for the row. */
  readonly hasAny: Value;
}

/** Sums of the rows of `updates` [m x columns] by `hit` [m x n]. */
export function sumRows(b: Builder, hit: Value, updates: Value): RowSums {
  const ones = b.convert(hit, "f32");
  const total = (numbers: Value): Value =>
    b.dotGeneral(ones, numbers, {
      lhsBatching: [],
      rhsBatching: [],
      lhsContracting: [0],
      rhsContracting: [0],
    });
  const fill = (number: number): Value => b.like(updates, number);
  const [zero, one] = [fill(0), fill(1)];
  const isNumber = b.compare(updates, "EQ", updates);
  // A NaN is as an infinity of either sign.
  const isUp = b.select(
    isNumber,
    b.compare(updates, "EQ", fill(Number.POSITIVE_INFINITY)),
    b.unary("not", isNumber),
  );
  const isDown = b.select(
    isNumber,
    b.compare(updates, "EQ", fill(Number.NEGATIVE_INFINITY)),
    b.unary("not", isNumber),
  );
  const sums = total(b.select(b.isFinite(updates), updates, zero));
  const infinity = (is: Value, number: number): Value => {
    const count = total(b.select(is, one, zero));
    return b.select(b.compare(count, "GT", b.like(count, 0)), b.like(count, number), b.like(count, 0));
  };
  const beyond = b.add(infinity(isUp, Number.POSITIVE_INFINITY), infinity(isDown, Number.NEGATIVE_INFINITY));
  const count = total(one);
  return { sums: b.add(sums, beyond), hasAny: b.compare(count, "GT", b.like(count, 0)) };
}
