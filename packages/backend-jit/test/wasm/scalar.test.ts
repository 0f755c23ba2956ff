// Each scalar instruction runs once or more against the same in JavaScript.

import { describe, expect, test } from "@jest/globals";
import type { PlainName } from "../../src/wasm/function-builder.ts";
import { scalarInstructions } from "../../src/wasm/instructions/scalar.ts";
import { build } from "./run.ts";

const { fround } = Math;
const bit = (value: boolean) => (value ? 1 : 0);
const wrap = (value: bigint) => BigInt.asIntN(64, value);
const i32s = [
  [7, 3],
  [-7, 3],
  [5, 5],
  [-2147483648, 31],
] as const;
const i64s = [
  [7n, 3n],
  [-7n, 3n],
  [5n, 5n],
  [0xffff_ffff_ffffn, 0x1_0000_0001n],
] as const;
const floats = [
  [1.5, -2.25],
  [-0.5, 0.5],
  [2.5, 2.5],
] as const;

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

const compare = {
  eq: <T>(a: T, b: T) => bit(a === b),
  ne: <T>(a: T, b: T) => bit(a !== b),
  lt: <T>(a: T, b: T) => bit(a < b),
  gt: <T>(a: T, b: T) => bit(a > b),
  le: <T>(a: T, b: T) => bit(a <= b),
  ge: <T>(a: T, b: T) => bit(a >= b),
};

function float(
  type: "f32" | "f64",
  round: (x: number) => number,
): [string, (a: number, b: number) => number][] {
  return [
    ...Object.entries(compare).map(([name, f]): [string, (a: number, b: number) => number] => [name, f]),
    ["abs", (a: number) => Math.abs(a)],
    ["neg", (a: number) => -a],
    ["ceil", (a: number) => Math.ceil(a)],
    ["floor", (a: number) => Math.floor(a)],
    ["trunc", (a: number) => Math.trunc(a)],
    ["nearest", roundHalfEven],
    ["sqrt", (a: number) => round(Math.sqrt(a))],
    ["add", (a: number, b: number) => round(a + b)],
    ["sub", (a: number, b: number) => round(a - b)],
    ["mul", (a: number, b: number) => round(a * b)],
    ["div", (a: number, b: number) => round(a / b)],
    ["min", Math.min],
    ["max", Math.max],
    ["copysign", (a: number, b: number) => (b < 0 || Object.is(b, -0) ? -Math.abs(a) : Math.abs(a))],
  ].map(([name, f]): [string, (a: number, b: number) => number] => [
    `${type}.${String(name)}`,
    // The pairs above are a string and a function; an array of both loses which is which.
    f as (a: number, b: number) => number,
  ]);
}

const u = (x: number) => x >>> 0;
const u64 = (x: bigint) => BigInt.asUintN(64, x);
const f32Bits = (x: number) => new Int32Array(new Float32Array([x]).buffer)[0] ?? 0;
const bitsF32 = (x: number) => new Float32Array(new Int32Array([x]).buffer)[0] ?? 0;
const f64Bits = (x: number) => new BigInt64Array(new Float64Array([x]).buffer)[0] ?? 0n;
const bitsF64 = (x: bigint) => new Float64Array(new BigInt64Array([x]).buffer)[0] ?? 0;
const convertible = [[1.5], [-1.5], [3e9], [1e20], [-1e20], [Number.NaN]] as const;

type Case = [
  name: string,
  inputs: readonly (readonly (number | bigint)[])[],
  expected: (...args: never[]) => unknown,
];

const cases: Case[] = [
  ["i32.eqz", [[0], [5]], (a: number) => bit(a === 0)],
  ["i32.clz", [[0], [5]], (a: number) => Math.clz32(a)],
  ["i32.ctz", [[8], [5]], (a: number) => 31 - Math.clz32(a & -a)],
  ["i32.popcnt", [[7], [-1]], (a: number) => [...u(a).toString(2)].filter((c) => c === "1").length],
  ["i32.eq", i32s, compare.eq<number>],
  ["i32.ne", i32s, compare.ne<number>],
  ["i32.lt_s", i32s, compare.lt<number>],
  ["i32.lt_u", i32s, (a: number, b: number) => compare.lt(u(a), u(b))],
  ["i32.gt_s", i32s, compare.gt<number>],
  ["i32.gt_u", i32s, (a: number, b: number) => compare.gt(u(a), u(b))],
  ["i32.le_s", i32s, compare.le<number>],
  ["i32.le_u", i32s, (a: number, b: number) => compare.le(u(a), u(b))],
  ["i32.ge_s", i32s, compare.ge<number>],
  ["i32.ge_u", i32s, (a: number, b: number) => compare.ge(u(a), u(b))],
  ["i32.add", i32s, (a: number, b: number) => (a + b) | 0],
  ["i32.sub", i32s, (a: number, b: number) => (a - b) | 0],
  ["i32.mul", i32s, Math.imul],
  ["i32.div_s", i32s, (a: number, b: number) => (a / b) | 0],
  ["i32.div_u", i32s, (a: number, b: number) => (u(a) / u(b)) | 0],
  ["i32.rem_s", i32s, (a: number, b: number) => (a % b) | 0],
  ["i32.rem_u", i32s, (a: number, b: number) => (u(a) % u(b)) | 0],
  ["i32.and", i32s, (a: number, b: number) => a & b],
  ["i32.or", i32s, (a: number, b: number) => a | b],
  ["i32.xor", i32s, (a: number, b: number) => a ^ b],
  ["i32.shl", i32s, (a: number, b: number) => a << b],
  ["i32.shr_s", i32s, (a: number, b: number) => a >> b],
  ["i32.shr_u", i32s, (a: number, b: number) => (a >>> b) | 0],
  ["i32.rotl", i32s, (a: number, b: number) => (a << b) | (b % 32 === 0 ? 0 : a >>> (32 - b))],
  ["i32.rotr", i32s, (a: number, b: number) => (b % 32 === 0 ? a : a << (32 - b)) | (a >>> b)],
  ["i64.eqz", [[0n], [5n]], (a: bigint) => bit(a === 0n)],
  ["i32.wrap_i64", [[0x1_8000_0001n]], (a: bigint) => Number(BigInt.asIntN(32, a))],
  ["i64.eq", i64s, compare.eq<bigint>],
  ["i64.ne", i64s, compare.ne<bigint>],
  ["i64.lt_s", i64s, compare.lt<bigint>],
  ["i64.lt_u", i64s, (a: bigint, b: bigint) => compare.lt(u64(a), u64(b))],
  ["i64.gt_s", i64s, compare.gt<bigint>],
  ["i64.gt_u", i64s, (a: bigint, b: bigint) => compare.gt(u64(a), u64(b))],
  ["i64.le_s", i64s, compare.le<bigint>],
  ["i64.le_u", i64s, (a: bigint, b: bigint) => compare.le(u64(a), u64(b))],
  ["i64.ge_s", i64s, compare.ge<bigint>],
  ["i64.ge_u", i64s, (a: bigint, b: bigint) => compare.ge(u64(a), u64(b))],
  ["i64.add", i64s, (a: bigint, b: bigint) => wrap(a + b)],
  ["i64.sub", i64s, (a: bigint, b: bigint) => wrap(a - b)],
  ["i64.mul", i64s, (a: bigint, b: bigint) => wrap(a * b)],
  ["i64.and", i64s, (a: bigint, b: bigint) => a & b],
  ["i64.or", i64s, (a: bigint, b: bigint) => a | b],
  ["i64.xor", i64s, (a: bigint, b: bigint) => a ^ b],
  ["i64.shl", i64s, (a: bigint, b: bigint) => wrap(a << (b & 63n))],
  ["i64.shr_s", i64s, (a: bigint, b: bigint) => a >> (b & 63n)],
  ["i64.shr_u", i64s, (a: bigint, b: bigint) => wrap(u64(a) >> (b & 63n))],
  ["i64.extend_i32_s", [[-1]], (a: number) => BigInt(a)],
  ["i64.extend_i32_u", [[-1]], (a: number) => BigInt(u(a))],
  ...float("f32", fround).map(([name, f]): Case => [name, floats, f]),
  ...float("f64", (x) => x).map(([name, f]): Case => [name, floats, f]),
  ["f32.convert_i32_s", [[-1], [16777217]], fround],
  ["f32.convert_i32_u", [[-1]], (a: number) => fround(u(a))],
  ["f32.convert_i64_s", [[-3n]], (a: bigint) => fround(Number(a))],
  ["f32.convert_i64_u", [[-1n]], (a: bigint) => fround(Number(u64(a)))],
  ["f32.demote_f64", [[0.1]], fround],
  ["f64.convert_i32_s", [[-1]], (a: number) => a],
  ["f64.convert_i32_u", [[-1]], u],
  ["f64.promote_f32", [[fround(0.1)]], (a: number) => a],
  ["f32.reinterpret_i32", [[0x3fc00000]], bitsF32],
  ["f64.reinterpret_i64", [[0x3ff8000000000000n]], bitsF64],
  ["i64.reinterpret_f64", [[-1.5]], f64Bits],
  ["i32.reinterpret_f32", [[-1.5]], f32Bits],
  ["i32.trunc_sat_f32_s", convertible, toS32],
  ["i32.trunc_sat_f32_u", convertible, toU32],
  ["i32.trunc_sat_f64_s", convertible, toS32],
  ["i32.trunc_sat_f64_u", convertible, toU32],
];

const instructions: [PlainName, (typeof scalarInstructions)[keyof typeof scalarInstructions]][] =
  // Object.entries forgets that the keys are those of the table.
  Object.entries(scalarInstructions) as [
    PlainName,
    (typeof scalarInstructions)[keyof typeof scalarInstructions],
  ][];

describe("scalar instructions", () => {
  test("every one has a case", () => {
    expect(cases.map(([name]) => name).sort()).toEqual(Object.keys(scalarInstructions).sort());
  });

  test.each(instructions)("%s", (name, { takes, gives }) => {
    const { call } = build(takes, gives, (fn) => {
      for (const param of fn.params) fn.get(param);
      fn.op(name);
    });
    const [, inputs, expected] = cases.find(([other]) => other === name) ?? [];
    for (const input of inputs ?? []) {
      const args = input.slice(0, takes.length);
      // A case's function takes what the case's inputs are.
      expect(call(...args)).toBe((expected as (...args: (number | bigint)[]) => unknown)(...args));
    }
  });
});
