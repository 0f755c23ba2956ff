import { expect, test } from "@jest/globals";
import { at, runAll, u32 } from "./run-op.ts";

const bitsFrom = (state: readonly number[], shape: readonly number[]) =>
  runAll([u32(state)], (b, values) => {
    const { state: next, bits } = b.randomBits(at(values, 0), shape);
    return [next, bits];
  });

test("the published test vectors of Philox-4x32-10", () => {
  // Random123, kat_vectors: key and counter all zero, all ones.
  const ones = 0xffffffff;
  expect(bitsFrom([0, 0, 0, 0, 0, 0], [4])).toEqual([
    [0, 0, 1, 0, 0, 0],
    [0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8],
  ]);
  expect(bitsFrom([ones, ones, ones, ones, ones, ones], [2, 2])).toEqual([
    [ones, ones, 0, 0, 0, 0],
    [0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd],
  ]);
});

test("a part of a block is used up whole; the carry goes to the next word", () => {
  const [next, bits] = bitsFrom([1, 2, 0xffffffff, 0, 0, 0], [5]);
  expect(next).toEqual([1, 2, 1, 1, 0, 0]);
  expect(bits).toHaveLength(5);
  expect(bitsFrom([1, 2, 0, 1, 0, 0], [1])[1]).toEqual(bits?.slice(4));
  expect(bitsFrom([1, 2, 3, 4, 5, 6], [0])).toEqual([[1, 2, 3, 4, 5, 6], []]);
});
