// Philox-4x32-10 against the known answers of Random123, and fillPhilox against single blocks.

import { describe, expect, test } from "@jest/globals";
import { fillPhilox, type PhiloxCounter, type PhiloxKey, philox4x32 } from "@netwright/ir/numerics";

const KEY: PhiloxKey = [0xa4093822, 0x299f31d0];

/** The algorithm in exact integers, step by step as the paper has it. */
function exactPhilox(key: PhiloxKey, counter: PhiloxCounter): number[] {
  let [k0, k1] = [BigInt(key[0]), BigInt(key[1])];
  let [x0, x1, x2, x3] = [BigInt(counter[0]), BigInt(counter[1]), BigInt(counter[2]), BigInt(counter[3])];
  for (let round = 0; round < 10; round++) {
    const product0 = 0xd2511f53n * x0;
    const product1 = 0xcd9e8d57n * x2;
    const low = 0xffffffffn;
    [x0, x1, x2, x3] = [
      (product1 >> 32n) ^ x1 ^ k0,
      product1 & low,
      (product0 >> 32n) ^ x3 ^ k1,
      product0 & low,
    ];
    k0 = (k0 + 0x9e3779b9n) & low;
    k1 = (k1 + 0xbb67ae85n) & low;
  }
  return [x0, x1, x2, x3].map(Number);
}

describe("philox4x32", () => {
  // Random123, tests/kat_vectors, the lines "philox4x32 10": counter, key, expected.
  test.each<{ name: string; counter: PhiloxCounter; key: PhiloxKey; expected: number[] }>([
    {
      name: "zeros",
      counter: [0, 0, 0, 0],
      key: [0, 0],
      expected: [0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8],
    },
    {
      name: "all ones",
      counter: [0xffffffff, 0xffffffff, 0xffffffff, 0xffffffff],
      key: [0xffffffff, 0xffffffff],
      expected: [0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd],
    },
    {
      name: "digits of pi",
      counter: [0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344],
      key: [0xa4093822, 0x299f31d0],
      expected: [0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1],
    },
  ])("known answer: $name", ({ key, counter, expected }) => {
    expect(philox4x32(key, counter)).toEqual(expected);
  });

  test("equals the algorithm in exact integers", () => {
    // Many blocks, because a wrong carry in the 64-bit product shows once in 2^16 products or so.
    let seed: PhiloxCounter = [1, 2, 3, 4];
    for (let block = 0; block < 20_000; block++) {
      const key: PhiloxKey = [seed[0], seed[1]];
      const expected = exactPhilox(key, seed);
      const actual = philox4x32(key, seed);
      if (actual.some((word, index) => word !== expected[index])) expect(actual).toEqual(expected);
      seed = actual;
    }
  });
});

describe("fillPhilox", () => {
  test("equals one block for each consecutive counter", () => {
    const out = new Uint32Array(400);
    const next = fillPhilox(KEY, [7, 1, 2, 3], out);
    const expected = Array.from({ length: 100 }, (_, block) => philox4x32(KEY, [7 + block, 1, 2, 3])).flat();
    expect([...out]).toEqual(expected);
    expect(next).toEqual([107, 1, 2, 3]);
  });

  test.each<{ name: string; counter: PhiloxCounter; next: number[] }>([
    { name: "into word 1", counter: [0xffffffff, 5, 6, 7], next: [1, 6, 6, 7] },
    { name: "into word 2", counter: [0xffffffff, 0xffffffff, 6, 7], next: [1, 0, 7, 7] },
    { name: "into word 3", counter: [0xffffffff, 0xffffffff, 0xffffffff, 7], next: [1, 0, 0, 8] },
    {
      name: "past the end",
      counter: [0xffffffff, 0xffffffff, 0xffffffff, 0xffffffff],
      next: [1, 0, 0, 0],
    },
  ])("carries $name", ({ counter, next }) => {
    const out = new Uint32Array(8);
    expect(fillPhilox(KEY, counter, out)).toEqual(next);
    const [, c1 = 0, c2 = 0, c3 = 0] = next;
    expect([...out]).toEqual([...philox4x32(KEY, counter), ...philox4x32(KEY, [0, c1, c2, c3])]);
  });

  test("a part of a block is its beginning, and the block counts as used", () => {
    const whole = new Uint32Array(8);
    fillPhilox(KEY, [0, 0, 0, 0], whole);
    const part = new Uint32Array(6);
    expect(fillPhilox(KEY, [0, 0, 0, 0], part)).toEqual([2, 0, 0, 0]);
    expect([...part]).toEqual([...whole.subarray(0, 6)]);
  });

  test("an empty buffer uses no counter", () => {
    expect(fillPhilox(KEY, [9, 0, 0, 0], new Uint32Array(0))).toEqual([9, 0, 0, 0]);
  });

  test("fills in pieces as at once", () => {
    const atOnce = new Uint32Array(64);
    fillPhilox(KEY, [0, 0, 0, 0], atOnce);
    const pieces = new Uint32Array(64);
    let counter: PhiloxCounter = [0, 0, 0, 0];
    for (let offset = 0; offset < 64; offset += 16) {
      counter = fillPhilox(KEY, counter, pieces.subarray(offset, offset + 16));
    }
    expect(pieces).toEqual(atOnce);
  });

  test("each output bit is set about half of the time", () => {
    const out = new Uint32Array(1 << 14);
    fillPhilox([42, 0], [0, 0, 0, 0], out);
    for (let bit = 0; bit < 32; bit++) {
      let set = 0;
      for (const word of out) set += (word >>> bit) & 1;
      // Standard deviation is 64; five of them.
      expect(Math.abs(set - out.length / 2)).toBeLessThan(320);
    }
  });
});
