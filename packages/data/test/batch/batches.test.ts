// Cutting epochs into batches, and bringing a batch's rows together.

import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { batches, permutation, rowStore } from "../../src/index.ts";

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
    const store = rowStore(4, [
      { name: "x", width: 2, data: Float32Array.of(0, 1, 10, 11, 20, 21, 30, 31) },
      { name: "word", width: 1, data: Int32Array.of(7, 8, 9, 6) },
    ]);
    const [x, word] = [new Float32Array(6).fill(-1), new Int32Array(2)];
    store.gather(
      Uint32Array.of(3, 0, 2, 1),
      1,
      2,
      new Map<string, Float32Array | Int32Array>([
        ["x", x],
        ["word", word],
      ]),
    );
    expect([...x]).toEqual([0, 1, 20, 21, -1, -1]);
    expect([...word]).toEqual([7, 9]);
    store.gather(null, 2, 1, new Map([["x", x]]));
    expect([...x]).toEqual([20, 21, 20, 21, -1, -1]);
  });

  test("all batches of an epoch hold all rows, in the order of its permutation", () => {
    fc.assert(
      fc.property(fc.nat(60), fc.integer({ min: 1, max: 20 }), (rows, size) => {
        const order = permutation(rows, 1, 2);
        const data = Float32Array.from({ length: rows }, (_, i) => i);
        const store = rowStore(rows, [{ name: "x", width: 1, data }]);
        const seen = batches(rows, size).flatMap(({ start, count }) => {
          const x = new Float32Array(count);
          store.gather(order, start, count, new Map([["x", x]]));
          return [...x];
        });
        expect(seen).toEqual([...order]);
      }),
    );
  });

  test("more rows than there are, or than there is room for, and unknown fields are refused", () => {
    const store = rowStore(2, [{ name: "x", width: 2, data: new Float32Array(4) }]);
    const into = (name: string, size: number) => new Map([[name, new Float32Array(size)]]);
    const order = Uint32Array.of(0, 1);
    expect(() => store.gather(order, 1, 2, into("x", 4))).toThrow(RangeError);
    expect(() => store.gather(null, 1, 2, into("x", 4))).toThrow(RangeError);
    expect(() => store.gather(order, 0, 2, into("x", 3))).toThrow(RangeError);
    expect(() => store.gather(order, 0, 2, into("z", 4))).toThrow("no field z");
  });
});
