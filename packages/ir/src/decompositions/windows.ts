// Windows that slide along dimensions of a tensor, by moving elements alone and in a number of operations that does not
// depend on any size. A row of n elements, repeated k times and read in rows of n + d, begins d elements further in each
// row: that is all windows of k elements, d apart.

import { at } from "@netwright/definitions";
import type { Builder } from "../core/builder.ts";
import type { Value } from "../core/program.ts";
import { sizeOf, tensor } from "../core/types.ts";

/** How a window moves along one dimension, and what is put around that first. */
export interface Window {
  readonly size: number;
  readonly stride: number;
  /** Elements from one of the window to the next. */
  readonly dilation: number;
  readonly low: number;
  readonly high: number;
  /** Elements from one of the operand to the next, zeros or the like between them. */
  readonly baseDilation: number;
}

/** What `count` elements take that are so far apart. */
export function dilated(count: number, dilation: number): number {
  return count === 0 ? 0 : (count - 1) * dilation + 1;
}

/** Elements of a dimension with all that is put around and between them. */
export function paddedLength(length: number, { low, high, baseDilation }: Window): number {
  return low + dilated(length, baseDilation) + high;
}

/** How many windows there are along a dimension. */
export function placesOf(length: number, window: Window): number {
  const room = paddedLength(length, window) - dilated(window.size, window.dilation);
  return room < 0 ? 0 : Math.floor(room / window.stride) + 1;
}

/** Whether the window is each element by itself. */
function isTrivial({ size, stride, low, high, baseDilation }: Window): boolean {
  return size === 1 && stride === 1 && low === 0 && high === 0 && baseDilation === 1;
}

export interface Windows {
  /** Each dimension d of the operand has become two, one within the window and one for its places: 2 d and 2 d + 1. */
  readonly value: Value;
  /** Dimensions within the windows. */
  readonly within: readonly number[];
  /** Dimensions of places. */
  readonly places: readonly number[];
}

/** `filling`, a scalar, is what is put around and between. There must be at least one place in each dimension. */
export function windowsOf(b: Builder, x: Value, windows: readonly Window[], filling: Value): Windows {
  const low = windows.map((window) => window.low);
  const high = windows.map((window) => window.high);
  const interior = windows.map(({ baseDilation }) => baseDilation - 1);
  const isPadded = [...low, ...high, ...interior].some((count) => count !== 0);
  const padded = isPadded ? b.pad(x, filling, low, high, interior) : x;
  const value = windows.reduce((sofar, window, d) => slide(b, sofar, 2 * d, window, filling), padded);
  return { value, within: windows.map((_, d) => 2 * d), places: windows.map((_, d) => 2 * d + 1) };
}

/** Two dimensions in place of one: within the window, and its places. */
function slide(
  b: Builder,
  x: Value,
  dimension: number,
  { size, stride, dilation }: Window,
  filling: Value,
): Value {
  const { shape } = x.type;
  const length = at(shape, dimension);
  const [before, after] = [shape.slice(0, dimension), shape.slice(dimension + 1)];
  const shaped = (...middle: readonly number[]) => [...before, ...middle, ...after];
  // From the first element of the first place to that of the last, and one more.
  const room = length - dilated(size, dilation);
  const span = Math.floor(room / stride) * stride + 1;
  const from = (x: Value, ...starts: readonly number[]) => {
    const sizes = x.type.shape;
    const start = sizes.map((_, d) => starts[d - dimension] ?? 0);
    const limit = sizes.map((length, d) => (d === dimension + 1 ? span : length));
    return b.slice(
      x,
      start,
      limit,
      sizes.map((_, d) => (d === dimension + 1 ? stride : 1)),
    );
  };
  if (size === 1) return from(b.reshape(x, shaped(1, length)));
  const places = shaped(size, length)
    .map((_, d) => d)
    .filter((d) => d !== dimension);
  const repeated = b.broadcastInDim(x, shaped(size, length), places);
  const flat = b.reshape(repeated, shaped(size * length));
  const none = flat.type.shape.map(() => 0);
  const longer = b.pad(
    flat,
    filling,
    none,
    none.map((_, d) => (d === dimension ? size * dilation : 0)),
  );
  return from(b.reshape(longer, shaped(size, length + dilation)));
}

/**
 * The way back of windows without dilations: [.., size, places, ..] pairs of dimensions, as `windowsOf` makes them, to
 * sums over all windows that an element lies in, in row-major order of the windows. `lengths` are those of the operand.
 */
export function sumOfWindows(
  b: Builder,
  x: Value,
  windows: readonly Window[],
  lengths: readonly number[],
): Value {
  const zero = b.scalar(0);
  const places = windows.map((window, d) => paddedLength(at(lengths, d), window));
  const shifted = windows.reduce((sofar, window, d) => unslide(b, sofar, 2 * d, window, at(places, d)), x);
  const within = windows.map((_, d) => 2 * d);
  // Of two windows the earlier has the element further back.
  const sums = b.sum(b.reverse(shifted, within), within);
  const low = windows.map((window) => 0 - window.low);
  const high = windows.map((window, d) => window.low + at(lengths, d) - at(places, d));
  return [...low, ...high].some((count) => count !== 0) ? b.pad(sums, zero, low, high) : sums;
}

/** [size, places] to [size, length]: each place where its window begins, moved by the index within the window. */
function unslide(b: Builder, x: Value, dimension: number, { stride }: Window, length: number): Value {
  const zero = b.scalar(0);
  const { shape } = x.type;
  const [size, places] = [at(shape, dimension), at(shape, dimension + 1)];
  const [before, after] = [shape.slice(0, dimension), shape.slice(dimension + 2)];
  const shaped = (...middle: readonly number[]) => [...before, ...middle, ...after];
  const none = shape.map(() => 0);
  const only = (list: readonly number[], d: number, count: number) => list.with(d, count);
  const behind = length + 1 - dilated(places, stride);
  const spread = b.pad(
    x,
    zero,
    none,
    only(none, dimension + 1, behind),
    only(none, dimension + 1, stride - 1),
  );
  const flat = b.reshape(spread, shaped(size * (length + 1)));
  const start = flat.type.shape.map(() => 0);
  return b.reshape(b.slice(flat, start, shaped(size * length)), shaped(size, length));
}

/** pred of the shape of `windowsOf`: false where a window reaches beyond the operand. */
export function isInside(b: Builder, shape: readonly number[], windows: readonly Window[]): Value {
  const outside = b.scalar(0, "pred");
  const kept = shape.map((length, d) => (isTrivial(at(windows, d)) ? 1 : length));
  const { value } = windowsOf(b, b.fill(tensor("pred", kept), 1), windows, outside);
  const full = shape.flatMap((length, d) => [at(windows, d).size, placesOf(length, at(windows, d))]);
  return b.broadcastInDim(
    value,
    full,
    full.map((_, d) => d),
  );
}

/** i32 of that shape: the row-major index over the dimensions `within`. */
export function indexWithin(b: Builder, shape: readonly number[], within: readonly number[]): Value {
  const sizes = within.map((d) => at(shape, d));
  const index = b.reshape(b.iota(tensor("i32", [sizeOf(sizes)]), 0), sizes);
  return b.broadcastInDim(index, shape, within);
}
