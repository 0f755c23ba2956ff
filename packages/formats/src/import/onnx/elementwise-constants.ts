// Constants number by number.

import { at } from "@netwright/definitions";
import { sizeOf } from "@netwright/ir";
import { exponentialWide, logWide } from "@netwright/ir/numerics";
import { type Constant, constantOf } from "./constant.ts";
import { bounded, broadcast, expanded } from "./constant-shapes.ts";
import { misfit, type NodeContext } from "./node-context.ts";

export type Fold = (c: NodeContext, given: readonly Constant[]) => Constant | readonly Constant[];

const isRounded = (constants: readonly Constant[]) =>
  constants.every(({ data, isFloat }) => data instanceof Float32Array || !isFloat) &&
  constants.some(({ data }) => data instanceof Float32Array);

export function powerOf(x: number, y: number): number {
  if (y === 2) return x * x;
  if (y === 0.5) return Math.sqrt(x);
  if (y === -0.5) return 1 / Math.sqrt(x);
  if (x === 0) return y === 0 ? 1 : y > 0 ? 0 : Number.POSITIVE_INFINITY;
  if (Number.isInteger(y) && Math.abs(y) <= MOST_FACTORS) return y < 0 ? 1 / product(x, -y) : product(x, y);
  if (x < 0 && !Number.isInteger(y)) return Number.NaN;
  const size = exponentialWide(y * logWide(Math.abs(x)));
  return x < 0 && y % 2 !== 0 ? -size : size;
}

const MOST_FACTORS = 1024;

/** x^times by squares, so that whole numbers stay exact. */
function product(x: number, times: number): number {
  let made = 1;
  for (let [square, left] = [x, times]; left > 0; square *= square, left = Math.floor(left / 2))
    if (left % 2 === 1) made *= square;
  return made;
}

/** Number by number, with sizes of 1 repeated. */
function elementwise(
  c: NodeContext,
  given: readonly Constant[],
  isFloat: boolean,
  compute: (...values: readonly number[]) => number,
): Constant {
  const shape = broadcast(given.map((one) => one.shape));
  const total = bounded(c, shape);
  const data = isFloat && isRounded(given) ? new Float32Array(total) : new Float64Array(total);
  const spread = given.map((one) => (sizeOf(one.shape) === 1 ? null : expanded(c, one, shape)));
  for (let i = 0; i < total; i++)
    data[i] = compute(...given.map((one, k) => spread[k]?.data[i] ?? one.data[0] ?? Number.NaN));
  return constantOf(shape, data, isFloat);
}

export const unary =
  (compute: (x: number) => number): Fold =>
  (c, given) => {
    const x = at(given, 0);
    return elementwise(c, [x], x.isFloat, compute);
  };

export const binary =
  (compute: (a: number, b: number) => number): Fold =>
  (c, given) =>
    elementwise(c, given, at(given, 0).isFloat, (a = Number.NaN, b = Number.NaN) => compute(a, b));

export const truth =
  (compute: (a: number, b: number) => boolean): Fold =>
  (c, given) =>
    elementwise(c, given, false, (a = Number.NaN, b = Number.NaN) => Number(compute(a, b)));

export const folding =
  (compute: (a: number, b: number) => number): Fold =>
  (c, given) =>
    given
      .slice(1)
      .reduce(
        (sofar, one) => elementwise(c, [sofar, one], sofar.isFloat, (a = 0, b = 0) => compute(a, b)),
        at(given, 0),
      );

export function chosen(c: NodeContext, [condition, a, b]: readonly Constant[]): Constant {
  if (condition === undefined || a === undefined || b === undefined) return misfit("lacks an input");
  const made = elementwise(c, [condition, a, b], a.isFloat, (is = 0, x = 0, y = 0) => (is !== 0 ? x : y));
  return a.data instanceof Float32Array ? constantOf(made.shape, Float32Array.from(made.data), true) : made;
}
