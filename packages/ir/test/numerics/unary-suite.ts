// What every elementary function of one argument has to hold, as one suite: its error bound, its special
// values, that it does not fall where it should rise, and that its bits never change by accident.

import { describe, expect, test } from "@jest/globals";
import { allExponents, between, checksum } from "./samples.ts";
import { worstError } from "./ulp.ts";

export interface UnarySuite {
  readonly name: string;
  readonly run: (x: number) => number;
  /** The same function in double precision. */
  readonly reference: (x: number) => number;
  /** The largest error in ulp that was measured, rounded up. */
  readonly bound: number;
  /** Where most of the function's work happens; sampled densely. */
  readonly range: readonly [number, number];
  /** 1 where the function rises with x, -1 where it falls; neither for one that turns. */
  readonly direction: 1 | -1 | "neither";
  /** x and the exact result (a zero's sign counts). */
  readonly special: readonly (readonly [number, number])[];
  /** Over the results for `allExponents()`. To be changed together with the formula, and only so. */
  readonly golden: string;
}

function checkMonotonic(run: UnarySuite["run"], direction: 1 | -1, ascending: Float32Array): void {
  let last = -Infinity;
  for (const x of ascending) {
    const result = direction * run(x);
    if (result < last) {
      expect({ x, result }).toBe(`a result of at least ${last}`);
    }
    if (result > last) last = result;
  }
}

export function describeUnary(suite: UnarySuite): void {
  const { name, run, reference, bound, range, special, golden } = suite;
  describe(name, () => {
    const samples = allExponents();

    test(`is within ${bound} ulp at every exponent`, () => {
      const { ulp, at } = worstError(run, reference, samples);
      expect({ ok: ulp <= bound, ulp, at }).toEqual({ ok: true, ulp, at });
    });

    test(`is within ${bound} ulp all over [${range.join(", ")}]`, () => {
      const { ulp, at } = worstError(run, reference, between(range[0], range[1], 300_000));
      expect({ ok: ulp <= bound, ulp, at }).toEqual({ ok: true, ulp, at });
    });

    test.each(special.map(([x, result]) => ({ x, result })))("at $x it is $result", ({ x, result }) => {
      expect(run(x)).toBe(result);
    });

    const { direction } = suite;
    if (direction !== "neither") {
      test("is monotonic", () => {
        const half = samples.length / 2;
        checkMonotonic(run, direction, samples.slice(half).reverse());
        checkMonotonic(run, direction, samples.slice(0, half));
      });
    }

    test("gives the bits it always gave", () => {
      expect(checksum(samples.map(run))).toBe(golden);
    });
  });
}
