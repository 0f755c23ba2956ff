// The operations of `lanes.ts` on one JavaScript number: what the reference backend and constant folding run.
// JavaScript computes in f64; rounding the f64 result of + - * / sqrt to f32 once more gives exactly the
// f32 result, since 53 >= 2 * 24 + 2 bits (Figueroa, "When is double rounding innocuous?", 1995).

import type { Lanes } from "./lanes.ts";

// Taken once: a look-up of a global costs more than the operation where a host runs modules in a context
// of their own, as test runners do.
const { abs, floor, fround, imul, sqrt } = Math;

/** One f32 seen as a float and as bits. Scratch: written and read at once, it carries nothing between calls. */
const asFloat = new Float32Array(1);
const asBits = new Int32Array(asFloat.buffer);

function toBits(a: number): number {
  asFloat[0] = a;
  return asBits[0] ?? 0;
}

function fromBits(a: number): number {
  asBits[0] = a;
  return asFloat[0] ?? 0;
}

export const numberLanes: Lanes<number, number, boolean> = {
  f32: (value) => value,
  i32: (value) => value,

  add: (a, b) => fround(a + b),
  subtract: (a, b) => fround(a - b),
  multiply: (a, b) => fround(a * b),
  divide: (a, b) => fround(a / b),
  sqrt: (a) => fround(sqrt(a)),
  abs,
  negate: (a) => -a,
  floor,
  // biome-ignore lint/complexity/useMathMinMax: f32x4.pmin differs from Math.min for NaN and -0.
  min: (a, b) => (b < a ? b : a),
  // biome-ignore lint/complexity/useMathMinMax: f32x4.pmax differs from Math.max for NaN and -0.
  max: (a, b) => (a < b ? b : a),

  less: (a, b) => a < b,
  equal: (a, b) => a === b,
  and: (a, b) => a && b,
  or: (a, b) => a || b,
  not: (a) => !a,
  select: (condition, yes, no) => (condition ? yes : no),

  toBits,
  fromBits,
  toF32: fround,
  addI32: (a, b) => (a + b) | 0,
  subtractI32: (a, b) => (a - b) | 0,
  multiplyI32: imul,
  andI32: (a, b) => a & b,
  orI32: (a, b) => a | b,
  shiftLeft: (a, count) => a << count,
  shiftRight: (a, count) => a >> count,
};
