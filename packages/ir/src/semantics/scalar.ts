// The meaning of every elementwise operation, and of the step of a reduction, on plain numbers. This is the
// definition: constant folding and the kernels of the reference backend both call it. f32 values are numbers
// that an f32 holds, i32 and u32 integers in their range and never -0, pred 0 or 1; results keep to that.
// JavaScript computes + - * / and sqrt in f64; one rounding of that to f32 is the correctly rounded f32 result.

import type { ElementType } from "../core/types.ts";
import {
  cosine,
  erf,
  exponential,
  exponentialMinusOne,
  log,
  logistic,
  logPlusOne,
  power,
  rsqrt,
  sine,
  tanh,
} from "../numerics/index.ts";
import { ConstraintError } from "../ops/definition.ts";
import type { BinaryName, Direction, UnaryName } from "../ops/elementwise.ts";
import type { ReduceKind } from "../ops/reduce.ts";

// Looked up once: under test runners the global object is slow to reach from hot loops.
const { abs, floor, fround, imul, max, min, sign, sqrt } = Math;

export type UnaryScalar = (x: number) => number;
export type BinaryScalar = (x: number, y: number) => number;

/** A meaning for each element type that the operation takes. */
type ByType<F> = Readonly<Partial<Record<ElementType, F>>>;

const I32_MIN = -2147483648;
const I32_MAX = 2147483647;
const U32_MAX = 4294967295;
const same: UnaryScalar = (x) => x;
const isNonZero: UnaryScalar = (x) => (x !== 0 ? 1 : 0);

const unary: { readonly [K in UnaryName]: ByType<UnaryScalar> } = {
  abs: { f32: abs, i32: (x) => abs(x) | 0 },
  negate: { f32: (x) => -x, i32: (x) => -x | 0 },
  sign: { f32: sign, i32: sign },
  exponential: { f32: exponential },
  log: { f32: log },
  log_plus_one: { f32: logPlusOne },
  exponential_minus_one: { f32: exponentialMinusOne },
  sqrt: { f32: (x) => fround(sqrt(x)) },
  rsqrt: { f32: rsqrt },
  sine: { f32: sine },
  cosine: { f32: cosine },
  tanh: { f32: tanh },
  logistic: { f32: logistic },
  erf: { f32: erf },
  floor: { f32: floor },
  not: { i32: (x) => ~x, u32: (x) => ~x >>> 0, pred: (x) => 1 - x },
};

const binary: { readonly [K in BinaryName]: ByType<BinaryScalar> } = {
  add: {
    f32: (x, y) => fround(x + y),
    i32: (x, y) => (x + y) | 0,
    u32: (x, y) => (x + y) >>> 0,
  },
  subtract: {
    f32: (x, y) => fround(x - y),
    i32: (x, y) => (x - y) | 0,
    u32: (x, y) => (x - y) >>> 0,
  },
  multiply: {
    f32: (x, y) => fround(x * y),
    i32: (x, y) => imul(x, y),
    u32: (x, y) => imul(x, y) >>> 0,
  },
  // The f64 quotient of two 32-bit integers is never rounded up to the next integer, so truncating is exact.
  divide: {
    f32: (x, y) => fround(x / y),
    i32: (x, y) => (y === 0 ? -1 : (x / y) | 0),
    u32: (x, y) => (y === 0 ? U32_MAX : (x / y) >>> 0),
  },
  // max and min give NaN if either is NaN and order -0 before +0, as the specification of
  // JavaScript fixes.
  maximum: { f32: (x, y) => max(x, y), i32: (x, y) => max(x, y), u32: (x, y) => max(x, y) },
  minimum: { f32: (x, y) => min(x, y), i32: (x, y) => min(x, y), u32: (x, y) => min(x, y) },
  power: { f32: power },
  // `%` is C's fmod: exact, and of two f32 always an f32. It gives -0 for integers such as -4 % 2.
  remainder: {
    f32: (x, y) => x % y,
    i32: (x, y) => (y === 0 ? x : (x % y) | 0),
    u32: (x, y) => (y === 0 ? x : x % y),
  },
  and: { i32: (x, y) => x & y, u32: (x, y) => (x & y) >>> 0, pred: (x, y) => x & y },
  or: { i32: (x, y) => x | y, u32: (x, y) => (x | y) >>> 0, pred: (x, y) => x | y },
};

const comparison: { readonly [K in Direction]: BinaryScalar } = {
  EQ: (x, y) => (x === y ? 1 : 0),
  NE: (x, y) => (x !== y ? 1 : 0),
  GE: (x, y) => (x >= y ? 1 : 0),
  GT: (x, y) => (x > y ? 1 : 0),
  LE: (x, y) => (x <= y ? 1 : 0),
  LT: (x, y) => (x < y ? 1 : 0),
};

/** Clamped first, so that `| 0` and `>>> 0` truncate and never wrap; they turn NaN into 0. */
const conversion: { readonly [From in ElementType]: { readonly [To in ElementType]: UnaryScalar } } = {
  f32: {
    f32: same,
    i32: (x) => min(max(x, I32_MIN), I32_MAX) | 0,
    u32: (x) => min(max(x, 0), U32_MAX) >>> 0,
    pred: isNonZero,
  },
  i32: { f32: fround, i32: same, u32: (x) => x >>> 0, pred: isNonZero },
  u32: { f32: fround, i32: (x) => x | 0, u32: same, pred: isNonZero },
  pred: { f32: same, i32: same, u32: same, pred: same },
};

function meaning<F>(table: ByType<F>, name: string, dtype: ElementType): F {
  const found = table[dtype];
  if (found === undefined) throw new ConstraintError("elementwise_c1", `${name} is not defined for ${dtype}`);
  return found;
}

/** @throws ConstraintError when the operation does not take the element type. */
export function unaryScalar(name: UnaryName, dtype: ElementType): UnaryScalar {
  return meaning(unary[name], name, dtype);
}

/** @throws ConstraintError when the operation does not take the element type. */
export function binaryScalar(name: BinaryName, dtype: ElementType): BinaryScalar {
  return meaning(binary[name], name, dtype);
}

/** Gives 0 or 1. With NaN all but NE are 0; -0 equals +0. */
export function compareScalar(direction: Direction): BinaryScalar {
  return comparison[direction];
}

/**
 * f32 to integers truncates, saturates and turns NaN into 0; integers to f32 round to nearest, ties to even;
 * i32 and u32 keep their bits; anything to pred is x != 0, so NaN gives 1.
 */
export function convertScalar(from: ElementType, to: ElementType): UnaryScalar {
  return conversion[from][to];
}

export interface Reduction {
  /** What the accumulator starts with, and the result over no elements. */
  readonly identity: number;
  /** (accumulator, element) -> accumulator */
  readonly combine: BinaryScalar;
}

const LEAST: ByType<number> = { f32: Number.NEGATIVE_INFINITY, i32: I32_MIN, u32: 0 };
const GREATEST: ByType<number> = { f32: Number.POSITIVE_INFINITY, i32: I32_MAX, u32: U32_MAX };

const reductions: {
  readonly [K in ReduceKind]: { readonly name: BinaryName; readonly identity: ByType<number> };
} = {
  sum: { name: "add", identity: { f32: 0, i32: 0, u32: 0 } },
  product: { name: "multiply", identity: { f32: 1, i32: 1, u32: 1 } },
  max: { name: "maximum", identity: LEAST },
  min: { name: "minimum", identity: GREATEST },
  and: { name: "and", identity: { pred: 1 } },
  or: { name: "or", identity: { pred: 0 } },
};

/** @throws ConstraintError where the kind does not reduce the element type. */
export function reduction(kind: ReduceKind, dtype: ElementType): Reduction {
  const { name, identity } = reductions[kind];
  return { identity: meaning(identity, `reduce ${kind}`, dtype), combine: binaryScalar(name, dtype) };
}
