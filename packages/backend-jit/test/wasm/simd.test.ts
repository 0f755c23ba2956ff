// Each SIMD instruction runs against the same in JavaScript, lane by lane: operands from memory, result to memory.

import { describe, expect, test } from "@jest/globals";
import type { FunctionBuilder, LaneName, PlainName } from "../../src/wasm/function-builder.ts";
import { laneInstructions, simdInstructions } from "../../src/wasm/instructions/simd.ts";
import { build } from "./run.ts";

const { fround } = Math;
const f32s = [
  [1.5, -2.5, 0.5, 3e9],
  [2.5, -2.5, -0.5, 1],
  [0.25, 4, -7, Number.NaN],
];
const f64s = [
  [1.5, -2.5],
  [2.5, -2.5],
];
const i32s = [
  [7, -7, 5, -2147483648],
  [3, -9, 5, 31],
  [-1, 0, 0x0f0f0f0f, 65535],
];
const i64s = [
  [7n, -5n],
  [3n, -5n],
];

type Numbers = readonly (number | bigint)[];
const mask = (value: boolean) => (value ? -1 : 0);
const u = (x: number) => x >>> 0;

function roundHalfEven(x: number): number {
  const low = Math.floor(x);
  if (x - low !== 0.5) return Math.round(x);
  const even = low % 2 === 0 ? low : low + 1;
  return even === 0 && x < 0 ? -0 : even;
}
const clamp = (low: number, high: number) => (x: number) =>
  Number.isNaN(x) ? 0 : Math.min(high, Math.max(low, Math.trunc(x)));
const toS32 = clamp(-2147483648, 2147483647);
const toU32 = (x: number) => clamp(0, 4294967295)(x) | 0;

interface Case {
  readonly from: "f32" | "f64" | "i32" | "i64";
  readonly to: "f32" | "f64" | "i32" | "i64";
  readonly expected: (operands: readonly Numbers[]) => Numbers;
}

/** Lane by lane. */
function each(
  from: Case["from"],
  to: Case["to"],
  f: (a: never, b: never, c: never) => number | bigint,
): Case {
  // The operands are lanes of `from`, which is what `f` takes.
  const g = f as (...args: (number | bigint | undefined)[]) => number | bigint;
  return { from, to, expected: ([a, b, c]) => (a ?? []).map((x, i) => g(x, b?.[i], c?.[i])) };
}

const compare: { [name: string]: (a: number, b: number) => boolean } = {
  eq: (a, b) => a === b,
  ne: (a, b) => a !== b,
  lt: (a, b) => a < b,
  gt: (a, b) => a > b,
  le: (a, b) => a <= b,
  ge: (a, b) => a >= b,
};

const arithmetic: { [name: string]: (a: number, b: number) => number } = {
  add: (a, b) => a + b,
  sub: (a, b) => a - b,
  mul: (a, b) => a * b,
  div: (a, b) => a / b,
  min: (a, b) => Math.min(a, b),
  max: (a, b) => Math.max(a, b),
  // biome-ignore lint/complexity/useMathMinMax: the instruction is defined as this choice, also for NaN
  pmin: (a, b) => (b < a ? b : a),
  // biome-ignore lint/complexity/useMathMinMax: as above
  pmax: (a, b) => (a < b ? b : a),
  abs: (a) => Math.abs(a),
  neg: (a) => -a,
  ceil: Math.ceil,
  floor: Math.floor,
  trunc: Math.trunc,
  nearest: roundHalfEven,
  sqrt: Math.sqrt,
};

const big = (from: number, f: (a: bigint, b: bigint) => bigint, unsigned = false): Case => ({
  from: "i32",
  to: "i64",
  expected: ([a, b]) =>
    [from, from + 1].map((i) => {
      const lane = (xs: Numbers | undefined) => BigInt(unsigned ? u(Number(xs?.[i] ?? 0)) : (xs?.[i] ?? 0));
      return BigInt.asIntN(64, f(lane(a), lane(b)));
    }),
});
const bits = (f: (a: number, b: number, c: number) => number): Case => each("i32", "i32", f);

const cases: { [name: string]: Case } = {
  ...Object.fromEntries(
    Object.entries(compare).flatMap(([name, f]) => [
      [`f32x4.${name}`, each("f32", "i32", (a: number, b: number) => mask(f(a, b)))],
      [`f64x2.${name}`, each("f64", "i64", (a: number, b: number) => BigInt(mask(f(a, b))))],
      ...(name === "eq" || name === "ne"
        ? [[`i32x4.${name}`, bits((a, b) => mask(f(a, b)))]]
        : [
            [`i32x4.${name}_s`, bits((a, b) => mask(f(a, b)))],
            [`i32x4.${name}_u`, bits((a, b) => mask(f(u(a), u(b))))],
          ]),
    ]),
  ),
  ...Object.fromEntries(
    Object.entries(arithmetic).flatMap(([name, f]) => [
      [`f32x4.${name}`, each("f32", "f32", (a: number, b: number) => fround(f(a, b)))],
      [`f64x2.${name}`, each("f64", "f64", f)],
    ]),
  ),
  "i8x16.swizzle": {
    from: "i32",
    to: "i32",
    expected: ([a, b]) => {
      const bytes = (xs: Numbers | undefined) => new Uint8Array(Int32Array.from(xs ?? [], Number).buffer);
      const [values, indices] = [bytes(a), bytes(b)];
      return [...new Int32Array(indices.map((i) => values[i] ?? 0).buffer)];
    },
  },
  "v128.and": bits((a, b) => a & b),
  "v128.andnot": bits((a, b) => a & ~b),
  "v128.or": bits((a, b) => a | b),
  "v128.xor": bits((a, b) => a ^ b),
  "v128.not": bits((a) => ~a),
  "v128.bitselect": bits((a, b, c) => (a & c) | (b & ~c)),
  "i32x4.add": bits((a, b) => (a + b) | 0),
  "i32x4.sub": bits((a, b) => (a - b) | 0),
  "i32x4.mul": bits(Math.imul),
  "i32x4.min_s": bits((a, b) => Math.min(a, b)),
  "i32x4.min_u": bits((a, b) => Math.min(u(a), u(b)) | 0),
  "i32x4.max_s": bits((a, b) => Math.max(a, b)),
  "i32x4.max_u": bits((a, b) => Math.max(u(a), u(b)) | 0),
  "i32x4.abs": bits((a) => Math.abs(a) | 0),
  "i32x4.neg": bits((a) => -a | 0),
  "i64x2.add": each("i64", "i64", (a: bigint, b: bigint) => a + b),
  "i64x2.sub": each("i64", "i64", (a: bigint, b: bigint) => a - b),
  "i64x2.mul": each("i64", "i64", (a: bigint, b: bigint) => a * b),
  "i64x2.eq": each("i64", "i64", (a: bigint, b: bigint) => BigInt(mask(a === b))),
  "i64x2.extmul_low_i32x4_s": big(0, (a, b) => a * b),
  "i64x2.extmul_high_i32x4_s": big(2, (a, b) => a * b),
  "i64x2.extmul_low_i32x4_u": big(0, (a, b) => a * b, true),
  "i64x2.extmul_high_i32x4_u": big(2, (a, b) => a * b, true),
  "i64x2.extend_low_i32x4_s": big(0, (a) => a),
  "i64x2.extend_high_i32x4_s": big(2, (a) => a),
  "i64x2.extend_low_i32x4_u": big(0, (a) => a, true),
  "i64x2.extend_high_i32x4_u": big(2, (a) => a, true),
  "f32x4.demote_f64x2_zero": { from: "f64", to: "f32", expected: ([a]) => [...(a ?? []), 0, 0] },
  "f64x2.promote_low_f32x4": { from: "f32", to: "f64", expected: ([a]) => (a ?? []).slice(0, 2) },
  "i32x4.trunc_sat_f32x4_s": each("f32", "i32", toS32),
  "i32x4.trunc_sat_f32x4_u": each("f32", "i32", toU32),
  "f32x4.convert_i32x4_s": each("i32", "f32", fround),
  "f32x4.convert_i32x4_u": each("i32", "f32", (a: number) => fround(u(a))),
  "i32x4.trunc_sat_f64x2_s_zero": {
    from: "f64",
    to: "i32",
    expected: ([a]) => [...(a ?? []).map((x) => toS32(Number(x))), 0, 0],
  },
  "i32x4.trunc_sat_f64x2_u_zero": {
    from: "f64",
    to: "i32",
    expected: ([a]) => [...(a ?? []).map((x) => toU32(Number(x))), 0, 0],
  },
  "f64x2.convert_low_i32x4_s": { from: "i32", to: "f64", expected: ([a]) => (a ?? []).slice(0, 2) },
  "f64x2.convert_low_i32x4_u": {
    from: "i32",
    to: "f64",
    expected: ([a]) => (a ?? []).slice(0, 2).map((x) => u(Number(x))),
  },
  // The next six shift by the number below.
  "i32x4.shl": bits((a) => a << 3),
  "i32x4.shr_s": bits((a) => a >> 3),
  "i32x4.shr_u": bits((a) => (a >>> 3) | 0),
  "i64x2.shl": each("i64", "i64", (a: bigint) => a << 3n),
  "i64x2.shr_s": each("i64", "i64", (a: bigint) => a >> 3n),
  "i64x2.shr_u": each("i64", "i64", (a: bigint) => BigInt.asUintN(64, a) >> 3n),
};
const shift = 3;

const operandsOf = { f32: f32s, f64: f64s, i32: i32s, i64: i64s } as const;
const arrays = {
  f32: (buffer: ArrayBufferLike, at: number) => new Float32Array(buffer, at, 4),
  f64: (buffer: ArrayBufferLike, at: number) => new Float64Array(buffer, at, 2),
  i32: (buffer: ArrayBufferLike, at: number) => new Int32Array(buffer, at, 4),
  i64: (buffer: ArrayBufferLike, at: number) => new BigInt64Array(buffer, at, 2),
} as const;

/** Operands at 0, 16 and 32, the result at 64. */
function run(
  from: Case["from"],
  to: Case["to"],
  operands: readonly Numbers[],
  body: (fn: FunctionBuilder) => void,
) {
  const { memory, call } = build([], [], body);
  operands.forEach((numbers, i) => {
    const view = arrays[from](memory.buffer, 16 * i);
    // The numbers are of the array's kind: both come from the same name.
    (view as { set(values: Numbers): void }).set(numbers);
  });
  call();
  return [...arrays[to](memory.buffer, 64)];
}

const splats = ["i32x4.splat", "i64x2.splat", "f32x4.splat", "f64x2.splat"] as const;
const tests = ["v128.any_true", "i32x4.all_true", "i32x4.bitmask"] as const;

describe("SIMD instructions", () => {
  test("every one has a case", () => {
    const covered = [...Object.keys(cases), ...splats, ...tests];
    expect(covered.sort()).toEqual(Object.keys(simdInstructions).sort());
  });

  test.each(Object.entries(cases))("%s", (key, { from, to, expected }) => {
    const name = key as PlainName; // the test above holds the keys to the table
    const { takes } = simdInstructions[name as keyof typeof simdInstructions];
    const operands: readonly Numbers[] =
      key === "i8x16.swizzle"
        ? [
            [0x03020100, 0x07060504, 0x0b0a0908, 0x0f0e0d0c],
            [0x00010203, 0x0f0e0d0c, 0x10ff0507, 0x08080808],
          ]
        : operandsOf[from];
    const got = run(from, to, operands, (fn) => {
      fn.i32(64);
      takes.forEach((type, i) => {
        if (type === "i32") fn.i32(shift);
        else fn.i32(16 * i).mem("v128.load");
      });
      fn.op(name).mem("v128.store");
    });
    const want = arrays[to](new ArrayBuffer(16), 0);
    (want as { set(values: Numbers): void }).set(expected(operands));
    expect(got).toEqual([...want]);
  });

  test("splats put a scalar into every lane", () => {
    const lanes = (to: Case["to"], body: (fn: FunctionBuilder) => void) =>
      run("i32", to, [], (fn) => {
        fn.i32(64);
        body(fn);
        fn.mem("v128.store");
      });
    expect(lanes("i32", (fn) => fn.i32(-3).op("i32x4.splat"))).toEqual([-3, -3, -3, -3]);
    expect(lanes("i64", (fn) => fn.i64(-(1n << 40n)).op("i64x2.splat"))).toEqual([
      -(1n << 40n),
      -(1n << 40n),
    ]);
    expect(lanes("f32", (fn) => fn.f32(1.5).op("f32x4.splat"))).toEqual([1.5, 1.5, 1.5, 1.5]);
    expect(lanes("f64", (fn) => fn.f64(0.1).op("f64x2.splat"))).toEqual([0.1, 0.1]);
  });

  test("vector constants", () => {
    const lanes = (to: Case["to"], body: (fn: FunctionBuilder) => void) =>
      run("i32", to, [], (fn) => {
        fn.i32(64);
        body(fn);
        fn.mem("v128.store");
      });
    expect(lanes("f32", (fn) => fn.f32x4(1, 2, 3, 4))).toEqual([1, 2, 3, 4]);
    expect(lanes("f32", (fn) => fn.f32x4(-0))).toEqual([-0, -0, -0, -0]);
    expect(lanes("i32", (fn) => fn.i32x4(-1, 2, -3, 4))).toEqual([-1, 2, -3, 4]);
    expect(lanes("f64", (fn) => fn.f64x2(0.1, 0.2))).toEqual([0.1, 0.2]);
  });

  test.each([
    ["v128.any_true", 1],
    ["i32x4.all_true", 0],
    ["i32x4.bitmask", 0b1001],
  ] as const)("%s", (name, expected) => {
    const { call } = build([], ["i32"], (fn) => fn.i32x4(-1, 0, 5, -2147483648).op(name));
    expect(call()).toBe(expected);
  });

  test("the last lane can be extracted and replaced", () => {
    const scalar = { i32: 9, i64: 9n, f32: 2.5, f64: 2.5 } as const;
    for (const [key, { lanes, takes, gives }] of Object.entries(laneInstructions)) {
      const name = key as LaneName; // the keys of the table
      const lane = lanes - 1;
      if (name === "i8x16.extract_lane_u") {
        const { call } = build([], ["i32"], (fn) => fn.i32x4(0, 0, 0, -16777216).lane(name, lane));
        expect(call()).toBe(255);
        continue;
      }
      const type = takes[1] ?? gives[0];
      if (type === undefined || type === "v128") throw new Error("a lane is a scalar");
      const extract = Object.keys(laneInstructions).find(
        (other) => other.startsWith(type) && other.includes("extract"),
      ) as LaneName;
      const replace = Object.keys(laneInstructions).find(
        (other) => other.startsWith(type) && other.includes("replace"),
      ) as LaneName;
      const { call } = build([type], [type], (fn) =>
        fn.i32x4(0).get(fn.param(0)).lane(replace, lane).lane(extract, lane),
      );
      expect(call(scalar[type])).toBe(scalar[type]);
      const { call: other } = build([type], [type], (fn) =>
        fn.i32x4(0).get(fn.param(0)).lane(replace, lane).lane(extract, 0),
      );
      expect(Number(other(scalar[type]))).toBe(0);
    }
  });

  test("a shuffle takes lanes of both vectors", () => {
    const got = run(
      "i32",
      "i32",
      [
        [0, 1, 2, 3],
        [4, 5, 6, 7],
      ],
      (fn) =>
        fn.i32(64).i32(0).mem("v128.load").i32(16).mem("v128.load").shuffle(6, 1, 4, 3).mem("v128.store"),
    );
    expect(got).toEqual([6, 1, 4, 3]);
  });
});
