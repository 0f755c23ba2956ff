// Rows of a column that lies on a disk, taken in pieces, are those of the column in memory, in any order.

import { expect, test } from "@jest/globals";
import fc from "fast-check";
import { numberParts, PIECE, rowPieces } from "../../src/table/row-pieces.ts";
import { someRows } from "../../src/table/some-rows.ts";
import type { NumberColumn } from "../../src/table/table.ts";

const ROWS = 40 * PIECE;
const values = Float64Array.from({ length: ROWS }, (_, row) => (row % 7 === 0 ? Number.NaN : row / 3));
const missing = Uint8Array.from(values, (value) => Number(Number.isNaN(value)));
const here: NumberColumn = { kind: "number", name: "x", values, missing, gaps: Math.ceil(ROWS / 7) };

/** A column of which no more than a part is ever taken. */
function there(most: number): NumberColumn {
  return {
    ...here,
    get values(): Float64Array {
      throw new Error("the whole column is taken");
    },
    between: (start, end) => {
      if (end - start > most) throw new Error(`${end - start} rows are taken`);
      return values.slice(start, end);
    },
  };
}

/** Each so many rows from the one before. */
const ascending = fc
  .tuple(fc.integer({ min: 1, max: 60 }), fc.integer({ min: 0, max: ROWS - 1 }))
  .map(([step, first]) =>
    Int32Array.from({ length: Math.ceil((ROWS - first) / step) }, (_, i) => first + i * step),
  );
const inNoOrder = fc.array(fc.nat({ max: ROWS - 1 }), { maxLength: 50 }).map((rows) => Int32Array.from(rows));

const taken = (column: NumberColumn, rows: Int32Array): number[] =>
  [...numberParts(column, rows)].flatMap(({ rows: own, values: part, from }) =>
    Array.from(own, (row) => part[row - from] ?? Number.POSITIVE_INFINITY),
  );

test("ascending rows: all of them, and never much of the column", () => {
  fc.assert(
    fc.property(ascending, (rows) => {
      const expected = Array.from(rows, (row) => values[row]);
      expect(taken(there(8 * PIECE), rows)).toEqual(expected);
      expect(taken(here, rows)).toEqual(expected);
      const pieces = [...rowPieces(rows, 100)];
      expect(pieces.flatMap(({ rows: own }) => [...own])).toEqual([...rows]);
      expect(pieces.every(({ from, to }) => to - from <= 100)).toBe(true);
    }),
    { numRuns: 10 },
  );
});

test("rows in any order, also more than once", () => {
  fc.assert(
    fc.property(inNoOrder, (rows) => {
      const expected = Array.from(rows, (row) => values[row]);
      expect(taken(there(ROWS), rows)).toEqual(expected);
      const some = someRows(there(ROWS), rows);
      expect(some.kind === "number" && [...some.values]).toEqual(expected);
      expect(some.gaps).toBe(expected.filter(Number.isNaN).length);
    }),
    { numRuns: 20 },
  );
});
