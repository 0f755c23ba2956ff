// Runs of levels and of places in a dictionary are read as the library reads them, and what is cut short is refused.

import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { readRleBitPackedHybrid } from "hyparquet/src/encoding.js";
import { checkRuns, isRunOf, readRuns, WIDEST } from "../../src/formats/parquet/parquet-runs.ts";

interface Run {
  readonly packed: boolean;
  readonly values: readonly number[];
}

/** Numbers of so many bits each, in one run after the other. */
const someRuns = fc.integer({ min: 1, max: WIDEST }).chain((width) => {
  const number = fc.nat({ max: 2 ** width - 1 });
  const repeated = fc
    .tuple(number, fc.integer({ min: 1, max: 300 }))
    .map(([value, times]) => ({ packed: false, values: Array<number>(times).fill(value) }));
  const packed = fc
    .array(fc.array(number, { minLength: 8, maxLength: 8 }), { minLength: 1, maxLength: 20 })
    .map((eights) => ({ packed: true, values: eights.flat() }));
  return fc.tuple(fc.constant(width), fc.array(fc.oneof(repeated, packed), { minLength: 1, maxLength: 6 }));
});

function bytesOf(width: number, runs: readonly Run[]): Uint8Array {
  return Uint8Array.from(
    runs.flatMap(({ packed, values }) => {
      if (packed) return [...varint(2 * (values.length / 8) + 1), ...bitsOf(width, values)];
      return [...varint(2 * values.length), ...bitsOf(8 * Math.ceil(width / 8), values.slice(0, 1))];
    }),
  );
}

function varint(value: number): number[] {
  return value < 128 ? [value] : [(value % 128) + 128, ...varint(Math.floor(value / 128))];
}

function bitsOf(width: number, values: readonly number[]): number[] {
  const bits = values.flatMap((value) =>
    Array.from({ length: width }, (_, i) => Math.floor(value / 2 ** i) % 2),
  );
  return Array.from({ length: Math.ceil(bits.length / 8) }, (_, i) =>
    bits.slice(8 * i, 8 * i + 8).reduce((sum, bit, j) => sum + bit * 2 ** j, 0),
  );
}

describe("runs", () => {
  test("are what the library makes of them", () => {
    fc.assert(
      fc.property(someRuns, fc.nat({ max: 9 }), ([width, runs], fewer) => {
        const expected = runs.flatMap(({ values }) => values);
        // A page may have fewer values than its last run.
        const count = Math.max(1, expected.length - fewer);
        const bytes = bytesOf(width, runs);
        const [own, theirs] = [new Int32Array(count), Array<number>(count)];
        readRuns(bytes, 0, bytes.length, width, own);
        readRleBitPackedHybrid({ view: new DataView(bytes.buffer), offset: 0 }, width, theirs, bytes.length);
        expect([...own]).toEqual(expected.slice(0, count));
        // It loses bits of wider ones. A run of one number goes on beyond the end with it.
        if (width < 25) expect(theirs.slice(0, count)).toEqual(expected.slice(0, count));
      }),
    );
  });

  test("that are cut short are refused", () => {
    const all = bytesOf(5, [{ packed: true, values: [1, 2, 3, 4, 5, 6, 7, 8] }]);
    const read = (end: number) => () => readRuns(all, 0, end, 5, new Int32Array(8));
    expect(read(all.length)).not.toThrow();
    expect(read(all.length - 1)).toThrow(RangeError);
    expect(read(0)).toThrow(RangeError);
    expect(() => readRuns(all, 0, all.length, 5, new Int32Array(9))).toThrow(RangeError);
  });

  test.each([
    [4, 2 ** 32],
    [-(2 ** 31), 10],
    [Number.NaN, Number.NaN],
    [0, Number.NaN],
  ])("that are said to lie from %p to %p of a page of ten bytes are refused at once", (start, end) => {
    const page = new Uint8Array(10);
    expect(() => readRuns(page, start, end, 1, new Int32Array(50))).toThrow(RangeError);
    expect(() => checkRuns(page, start, end, 1, 50)).toThrow(RangeError);
  });

  test("of one number are known at once", () => {
    const ones = (times: number) => bytesOf(1, [{ packed: false, values: Array<number>(times).fill(1) }]);
    const isOnes = (bytes: Uint8Array, count: number) => isRunOf(1, count, bytes, 0, bytes.length);
    expect(isOnes(ones(5000), 5000)).toBe(true);
    expect(isOnes(ones(4999), 5000)).toBe(false);
    expect(isOnes(ones(5000).subarray(0, 2), 5000)).toBe(false);
    expect(isOnes(bytesOf(1, [{ packed: false, values: [0, 0] }]), 2)).toBe(false);
    expect(isOnes(bytesOf(1, [{ packed: true, values: Array<number>(8).fill(1) }]), 8)).toBe(false);
  });
});

test("runs that are as long as their page are fit to be read by anybody, and longer ones are not", () => {
  fc.assert(
    fc.property(someRuns, fc.nat({ max: 7 }), ([width, runs], fewer) => {
      const bytes = bytesOf(width, runs);
      const count = runs.flatMap(({ values }) => values).length;
      checkRuns(bytes, 0, bytes.length, width, count);
      // The last eight of packed ones may be more than there are values, wherever they begin.
      if (runs.at(-1)?.packed === true) checkRuns(bytes, 0, bytes.length, width, count - fewer);
      expect(() => checkRuns(bytes, 0, bytes.length, width, count + 1)).toThrow(RangeError);
    }),
  );
  expect(() => checkRuns(Uint8Array.from([...varint(2 ** 31 - 2), 1]), 0, 6, 1, 100)).toThrow(RangeError);
  expect(() => checkRuns(Uint8Array.from([...varint(2 ** 31 + 1), 1]), 0, 6, 0, 100)).toThrow(RangeError);
});
