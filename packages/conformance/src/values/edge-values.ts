// Values at which implementations go wrong, by element type. In f32, NaN and subnormal numbers are apart, so that
// a backend that flushes subnormals to zero can declare just that.

import type { ElementType } from "@netwright/ir";
import { LARGEST_FLOAT32, SMALLEST_NORMAL_FLOAT32 } from "@netwright/ir/numerics";

const BEFORE_ONE = 1 - 2 ** -24;
const AFTER_ONE = 1 + 2 ** -23;
const POWER_32 = 2 ** 32;

/** Signed zeros, ones and their neighbours, small, large and largest numbers, infinities; each with its negative. */
const f32: readonly number[] = [
  ...[0, 1, 0.5, 1.5, 2, 2.5, 3, BEFORE_ONE, AFTER_ONE, 10, 88, 100],
  ...[SMALLEST_NORMAL_FLOAT32, 2 ** -100, 2 ** -27, 2 ** 24, 2 ** 31, POWER_32, 2 ** 100, LARGEST_FLOAT32],
  Number.POSITIVE_INFINITY,
].flatMap((x) => [x, -x]);

const i32: readonly number[] = [
  ...[0, 1, 2, 3, 7, 46341, 65536, 16777217, 2147483647],
  ...[-1, -2, -3, -7, -65536, -2147483647, -2147483648],
];

const u32: readonly number[] = [
  0, 1, 2, 3, 7, 65536, 16777217, 2147483647, 2147483648, 4294967294, 4294967295,
];

export const edgeValues: { readonly [D in ElementType]: readonly number[] } = { f32, i32, u32, pred: [0, 1] };

/** The smallest, a middle and the largest subnormal f32, with their negatives. */
export const subnormals: readonly number[] = [
  2 ** -149,
  2 ** -133,
  SMALLEST_NORMAL_FLOAT32 - 2 ** -149,
].flatMap((x) => [x, -x]);
