// The order of an epoch.

import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { permutation } from "../../src/index.ts";

describe("permutation", () => {
  test("holds every row once", () => {
    fc.assert(
      fc.property(fc.nat(300), fc.maxSafeNat(), fc.nat(1000), (rows, seed, epoch) => {
        const order = permutation(rows, seed, epoch);
        expect([...order].sort((a, b) => a - b)).toEqual(Array.from({ length: rows }, (_, i) => i));
        expect(permutation(rows, seed, epoch)).toEqual(order);
      }),
    );
  });

  test("differs by epoch and by seed", () => {
    const first = permutation(100, 0, 0);
    expect(permutation(100, 0, 1)).not.toEqual(first);
    expect(permutation(100, 1, 0)).not.toEqual(first);
  });

  test("is the same in every release and on every machine", () => {
    expect([...permutation(10, 0, 0)]).toEqual([5, 9, 8, 2, 7, 3, 1, 0, 6, 4]);
    expect([...permutation(10, 7, 3)]).toEqual([1, 2, 7, 0, 4, 8, 3, 9, 6, 5]);
  });

  test("gives each order of three about equally often", () => {
    const counts = new Map<string, number>();
    for (let epoch = 0; epoch < 6000; epoch++) {
      const order = permutation(3, 0, epoch).join("");
      counts.set(order, (counts.get(order) ?? 0) + 1);
    }
    expect(counts.size).toBe(6);
    for (const n of counts.values()) expect(Math.abs(n - 1000)).toBeLessThan(150);
  });
});
