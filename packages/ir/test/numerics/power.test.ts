// x^y on f32: against Math.pow in double precision, and the special cases of C99, annex F.9.4.4.

import { describe, expect, test } from "@jest/globals";
import { fillPhilox, power } from "@netwright/ir/numerics";
import { checksum } from "./samples.ts";
import { ulpError } from "./ulp.ts";

const BOUND = 1.25;
const EDGES = new Float32Array([
  0,
  0.5,
  1,
  1.5,
  2,
  2.5,
  3,
  10,
  0.1,
  1 / 3,
  1e-10,
  1e10,
  1 + 2 ** -23,
  1 - 2 ** -24,
  2 ** -149,
  3 * 2 ** -149,
  2 ** -126,
  2 ** 23 + 0.5,
  2 ** 23 + 1,
  2 ** 24 - 1,
  2 ** 24 + 2,
  2 ** 31,
  2 ** 40,
  3.4028234663852886e38,
  Infinity,
]);
const SIGNED_EDGES = [...EDGES, ...EDGES.map((x) => -x)];

function words(count: number, key: number): Uint32Array {
  const out = new Uint32Array(count);
  fillPhilox([key, 0], [0, 0, 0, 0], out);
  return out;
}

/** Base and exponent pairs whose results spread over all f32 results, a little beyond both ends. */
function spread(count: number): { bases: Float32Array; exponents: Float32Array } {
  // Bases of all sizes, then bases near 1, which need large exponents.
  const bases = new Float32Array(words(count, 31).map((word) => word & 0x7fffffff).buffer);
  const near = words(count, 32);
  for (let index = 0; index < count; index += 2) {
    const word = near[index] ?? 0;
    bases[index] = 1 + ((word / 2 ** 31 - 1) * 0.5) / 2 ** (word % 20);
  }
  const targets = words(count, 33);
  const exponents = new Float32Array(count);
  for (let index = 0; index < count; index++) {
    const log2 = Math.log2(bases[index] ?? 0);
    exponents[index] = (((targets[index] ?? 0) / 2 ** 32) * 282 - 152) / log2;
  }
  return { bases, exponents };
}

function worst(bases: Float32Array, exponents: Float32Array): { ulp: number; x: number; y: number } {
  let found = { ulp: 0, x: NaN, y: NaN };
  for (let index = 0; index < bases.length; index++) {
    const x = bases[index] ?? NaN;
    const y = exponents[index] ?? NaN;
    // There JavaScript departs from C99; the tables below say what is expected.
    if (x === 1 || x === -1) continue;
    const ulp = ulpError(power(x, y), x ** y);
    if (ulp > found.ulp) found = { ulp, x, y };
  }
  return found;
}

describe("power", () => {
  test(`is within ${BOUND} ulp over all sizes of results`, () => {
    const { bases, exponents } = spread(400_000);
    const found = worst(bases, exponents);
    expect({ ok: found.ulp <= BOUND, ...found }).toEqual({ ok: true, ...found });
  });

  test(`is within ${BOUND} ulp for any bits`, () => {
    const count = 200_000;
    const found = worst(new Float32Array(words(count, 34).buffer), new Float32Array(words(count, 35).buffer));
    expect({ ok: found.ulp <= BOUND, ...found }).toEqual({ ok: true, ...found });
  });

  test(`is within ${BOUND} ulp for integer powers of either sign`, () => {
    const count = 200_000;
    const bases = Float32Array.from(words(count, 36), (word) => (word / 2 ** 31 - 1) * 4);
    const exponents = Float32Array.from(words(count, 37), (word) => (word % 121) - 60);
    const found = worst(bases, exponents);
    expect({ ok: found.ulp <= BOUND, ...found }).toEqual({ ok: true, ...found });
  });

  test("agrees with Math.pow on the grid of edges, in sign too", () => {
    for (const x of SIGNED_EDGES) {
      for (const y of SIGNED_EDGES) {
        if (Math.abs(x) === 1 && Math.abs(y) === Infinity) continue;
        const result = power(x, y);
        const expected = x ** y;
        const agrees =
          ulpError(result, expected) <= BOUND &&
          (Number.isNaN(expected) || Object.is(Math.sign(result), Math.sign(Math.fround(expected))));
        expect({ x, y, result, agrees }).toEqual({ x, y, result, agrees: true });
      }
    }
  });

  test("x^0 = 1 and 1^y = 1 for all values, NaN too", () => {
    for (const value of [...SIGNED_EDGES, NaN]) {
      expect([value, power(value, 0), power(value, -0), power(1, value)]).toEqual([value, 1, 1, 1]);
    }
  });

  test.each<[number, number, number]>([
    [-1, Infinity, 1],
    [-1, -Infinity, 1],
    [0, -3, Infinity],
    [-0, -3, -Infinity],
    [-0, -2, Infinity],
    [-0, -0.5, Infinity],
    [0, -Infinity, Infinity],
    [0, 3, 0],
    [-0, 3, -0],
    [-0, 2, 0],
    [-0, 0.5, 0],
    [-2, 3, -8],
    [-2, 2, 4],
    [-2, -1, -0.5],
    [-2, 0.5, NaN],
    [-(2 ** -149), 1.5, NaN],
    [-8, 1 / 3, NaN],
    [0.5, Infinity, 0],
    [-0.5, Infinity, 0],
    [0.5, -Infinity, Infinity],
    [2, Infinity, Infinity],
    [-2, Infinity, Infinity],
    [2, -Infinity, 0],
    [Infinity, 0.5, Infinity],
    [Infinity, -0.5, 0],
    [-Infinity, 3, -Infinity],
    [-Infinity, 2, Infinity],
    [-Infinity, 0.5, Infinity],
    [-Infinity, -3, -0],
    [-Infinity, -2, 0],
    [-Infinity, -0.5, 0],
    [NaN, 2, NaN],
    [2, NaN, NaN],
    [-1, NaN, NaN],
    [0, NaN, NaN],
    [Infinity, NaN, NaN],
  ])("%p^%p = %p", (x, y, expected) => {
    expect(power(x, y)).toBe(expected);
  });

  test("powers of two are exact, down to the smallest subnormal", () => {
    for (let n = -149; n <= 127; n++) expect(power(2, n)).toBe(2 ** n);
    expect(power(2, 128)).toBe(Infinity);
    expect(power(2, -150)).toBe(0);
  });

  test("x^1 is x and x^-1 rounds 1/x, nearly", () => {
    for (const x of SIGNED_EDGES) {
      expect(ulpError(power(x, 1), x)).toBeLessThanOrEqual(BOUND);
      expect(ulpError(power(x, -1), 1 / x)).toBeLessThanOrEqual(BOUND);
    }
  });

  test("rises with y where x > 1 and falls where x < 1", () => {
    for (const x of [1.0001, 1.5, 10, 0.9999, 0.3]) {
      const base = Math.fround(x);
      const direction = base > 1 ? 1 : -1;
      let last = -Infinity;
      for (let y = -40; y <= 40; y += 0.125) {
        const result = direction * power(base, y);
        expect(result).toBeGreaterThanOrEqual(last);
        last = result;
      }
    }
  });

  test("gives the bits it always gave", () => {
    // Made by exact operations alone: Math.log2 in `spread` may differ from engine to engine.
    const bases = Float32Array.from(words(100_000, 38), (word) => word / 2 ** 30);
    const exponents = Float32Array.from(words(100_000, 39), (word) => word / 2 ** 25 - 64);
    expect(checksum(bases.map((x, index) => power(x, exponents[index] ?? NaN)))).toBe("7d4b30d1");
  });
});
