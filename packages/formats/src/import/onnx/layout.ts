// Where the numbers of a value of the file lie in what a layer of Netwright gives. Both have sizes, which are products of the same
// factors: a transposition orders factors anew, a reshape groups them anew, and no number moves until a layer needs it.

import { sizeOf } from "@netwright/ir";

/** A factor of a size; itself wherever it occurs. */
export interface Factor {
  readonly size: number;
  /** That of the rows, which no layer sees. */
  readonly isRows: boolean;
}

/** A size: the product of its factors, the first of which moves slowest. Of none it is 1. */
export type Size = readonly Factor[];

export interface Layout {
  /** What the layer gives for a row. */
  readonly axes: readonly Size[];
  /** What the file has, with the rows somewhere. A factor that is in no axis repeats the value. */
  readonly dims: readonly Size[];
}

export function factor(size: number): Factor {
  return { size, isRows: false };
}

/** A size of its own; one of 1 has no factor. */
export function sizeBy(size: number): Size {
  return size === 1 ? [] : [factor(size)];
}

export function count(size: Size): number {
  return size.reduce((product, one) => product * one.size, 1);
}

export function shapeOf(sizes: readonly Size[]): readonly number[] {
  return sizes.map(count);
}

export function hasRows(size: Size): boolean {
  return size.some(({ isRows }) => isRows);
}

/** The dimension that has the rows; -1 where none has. */
export function rowsAt({ dims }: Layout): number {
  return dims.findIndex(hasRows);
}

export function sameFactors(a: Size, b: Size): boolean {
  return a.length === b.length && a.every((one, i) => one === b[i]);
}

export function sameSizes(a: readonly Size[], b: readonly Size[]): boolean {
  return a.length === b.length && a.every((size, i) => sameFactors(size, b[i] ?? []));
}

/** The same factors in any order. */
export function sameSet(a: Size, b: Size): boolean {
  return a.length === b.length && a.every((one) => b.includes(one));
}

function replaced(sizes: readonly Size[], whole: Factor, parts: Size): readonly Size[] {
  return sizes.map((size) => size.flatMap((one) => (one === whole ? parts : [one])));
}

/** One factor as the product of two. */
export function split<L extends Layout>(layout: L, whole: Factor, parts: Size): L {
  return { ...layout, axes: replaced(layout.axes, whole, parts), dims: replaced(layout.dims, whole, parts) };
}

/** The dimensions as these sizes, row-major. Null where a factor would lie across two of them, or be none of the rows and of others. */
export function reshaped<L extends Layout>(layout: L, sizes: readonly number[]): L | null {
  if (sizeOf(shapeOf(layout.dims)) !== sizeOf(sizes) || sizes.includes(0)) return null;
  let own: L = layout;
  let left = [...layout.dims.flat()];
  const dims: Size[] = [];
  for (const [d, size] of sizes.entries()) {
    const group: Factor[] = [];
    let open = size;
    while (left[0] !== undefined && (open > 1 || (left[0].size === 1 && left[0].isRows))) {
      const next: Factor = left[0];
      if (open % next.size === 0) {
        group.push(next);
        left.shift();
        open /= next.size;
        continue;
      }
      if (next.size % open !== 0 || next.isRows) return null;
      const parts = [factor(open), factor(next.size / open)];
      own = split(own, next, parts);
      left = left.flatMap((one) => (one === next ? parts : [one]));
    }
    if (open !== 1) return null;
    dims[d] = group;
  }
  if (left.length > 0) return null;
  return { ...own, dims };
}

export function transposed<L extends Layout>(layout: L, order: readonly number[]): L {
  return { ...layout, dims: order.map((d) => layout.dims[d] ?? []) };
}

/** Sizes of 1 gone; the rows of a file that is made for one row go into the next dimension. */
export function without<L extends Layout>(layout: L, dimensions: readonly number[]): L {
  const dims = layout.dims.filter((_, d) => !dimensions.includes(d));
  const rows = layout.dims.flat().filter(({ isRows }) => isRows);
  const lost = rows.filter((one) => !dims.flat().includes(one));
  if (lost.length === 0 || dims.length === 0) return { ...layout, dims };
  return { ...layout, dims: [[...lost, ...(dims[0] ?? [])], ...dims.slice(1)] };
}

/** Sizes of 1 put in, at these places of the result, ascending. */
export function widened<L extends Layout>(layout: L, places: readonly number[]): L {
  const dims = [...layout.dims];
  for (const place of places) dims.splice(place, 0, []);
  return { ...layout, dims };
}

/** Both with the same factors in each dimension, where they have the same sizes; null where they have not. */
export function alike<A extends Layout, B extends Layout>(a: A, b: B): readonly [A, B] | null {
  let [one, other] = [a, b];
  for (let d = 0; d < a.dims.length; d++) {
    for (let i = 0; ; i++) {
      const x = one.dims[d]?.[i];
      const y = other.dims[d]?.[i];
      if (x === undefined && y === undefined) break;
      if (x === undefined || y === undefined) return null;
      if (x.isRows !== y.isRows) return null;
      if (x.size === y.size) continue;
      if (x.isRows) return null;
      const least = Math.min(x.size, y.size);
      if (Math.max(x.size, y.size) % least !== 0) return null;
      if (x.size > least) one = split(one, x, [factor(least), factor(x.size / least)]);
      else other = split(other, y, [factor(least), factor(y.size / least)]);
    }
  }
  return [one, other];
}

/** Of two that are alike: whether each factor lies in the same place of the axes. */
export function sameLayout(a: Layout, b: Layout): boolean {
  const places = ({ axes, dims }: Layout) => {
    const inOrder = dims.flat().filter(({ isRows }) => !isRows);
    return axes.map((axis) => axis.map((one) => inOrder.indexOf(one)).join()).join(";");
  };
  return places(a) === places(b);
}
