// Random integers: fixed for ever by seed, purpose and index, and without bias.

import { describe, expect, test } from "@jest/globals";
import { randomStream } from "../../src/random/random-stream.ts";

const draw = (n: number, bound: number, ...args: Parameters<typeof randomStream>) => {
  const below = randomStream(...args);
  return Array.from({ length: n }, () => below(bound));
};

describe("randomStream", () => {
  test("the same arguments give the same numbers, any other gives others", () => {
    const first = draw(20, 1000, 1, "split", 2);
    expect(draw(20, 1000, 1, "split", 2)).toEqual(first);
    expect(draw(20, 1000, 2, "split", 2)).not.toEqual(first);
    expect(draw(20, 1000, 1, "shuffle", 2)).not.toEqual(first);
    expect(draw(20, 1000, 1, "split", 3)).not.toEqual(first);
    expect(draw(20, 1000, 1 + 2 ** 32, "split", 2)).not.toEqual(first);
  });

  test("all values below the bound come up about equally often", () => {
    const counts = new Array<number>(6).fill(0);
    for (const value of draw(60_000, 6, 0, "split")) counts[value] = (counts[value] ?? 0) + 1;
    expect(counts).toHaveLength(6);
    // Standard deviation of each count is about 91.
    for (const n of counts) expect(Math.abs(n - 10_000)).toBeLessThan(450);
  });

  test("a bound that does not divide 2^32 is not biased to its lower part", () => {
    // A plain remainder would send half of the words, not a third, to the lowest 2^30 results.
    const bound = 3 * 2 ** 30;
    const low = draw(30_000, bound, 0, "split").filter((value) => value < 2 ** 30).length;
    expect(Math.abs(low - 10_000)).toBeLessThan(450);
  });
});
