// Cutting epochs into batches, and bringing a batch's rows together.

import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { batches, gather, permutation } from "../../src/index.ts";

describe("batches", () => {
  test("the last one is smaller", () => {
    expect(batches(721, 256)).toEqual([
      { start: 0, count: 256 },
      { start: 256, count: 256 },
      { start: 512, count: 209 },
    ]);
    expect(batches(256, 256)).toEqual([{ start: 0, count: 256 }]);
    expect(batches(3, 256)).toEqual([{ start: 0, count: 3 }]);
    expect(batches(0, 256)).toEqual([]);
  });

  test("a size below 1 is refused", () => {
    expect(() => batches(10, 0)).toThrow(RangeError);
    expect(() => batches(10, 2.5)).toThrow(RangeError);
  });
});

describe("gather", () => {
  test("takes the rows in the order given, into the buffer given", () => {
    const x = Float32Array.of(0, 1, 10, 11, 20, 21, 30, 31);
    const out = new Float32Array(6);
    const batch = gather(x, 2, Uint32Array.of(3, 0, 2, 1), 1, 2, out);
    expect([...batch]).toEqual([0, 1, 20, 21]);
    expect(batch.buffer).toBe(out.buffer);
  });

  test("all batches of an epoch hold all rows, in the order of its permutation", () => {
    fc.assert(
      fc.property(fc.nat(60), fc.integer({ min: 1, max: 20 }), (rows, size) => {
        const order = permutation(rows, 1, 2);
        const x = Float32Array.from({ length: rows }, (_, i) => i);
        const out = new Float32Array(size);
        const seen = batches(rows, size).flatMap(({ start, count }) => [
          ...gather(x, 1, order, start, count, out),
        ]);
        expect(seen).toEqual([...order]);
      }),
    );
  });

  test("more rows than there are, or than there is room for, are refused", () => {
    const x = new Float32Array(4);
    expect(() => gather(x, 1, Uint32Array.of(0, 1), 1, 2, new Float32Array(4))).toThrow(RangeError);
    expect(() => gather(x, 2, Uint32Array.of(0, 1), 0, 2, new Float32Array(3))).toThrow(RangeError);
  });
});
