// Constants in other sizes: numbers taken in another order, or several times.

import { at } from "@netwright/definitions";
import { offsetOf, rowMajorStrides, sizeOf, views } from "@netwright/ir";
import { type Constant, constantOf, type Numbers } from "./constant.ts";
import { misfit, type NodeContext } from "./node-context.ts";

/** Numbers of one constant; of all that a file comes to there are as many as `FileContext.room` says, so that bytes do not become gigabytes. */
const MOST = 2 ** 27;

/** [..., sizes] of which each number is taken from where `from` says. */
export function taken(
  c: NodeContext,
  source: Constant,
  shape: readonly number[],
  from: (place: readonly number[]) => number,
): Constant {
  const total = bounded(c, shape);
  const data = like(source.data, total);
  const place = shape.map(() => 0);
  for (let i = 0; i < total; i++) {
    data[i] = source.data[from(place)] ?? Number.NaN;
    for (let d = shape.length - 1; d >= 0; d--) {
      const next = at(place, d) + 1;
      place[d] = next < at(shape, d) ? next : 0;
      if (place[d] !== 0) break;
    }
  }
  return constantOf(shape, data, source.isFloat, source.name);
}

export function bounded(c: NodeContext, shape: readonly number[]): number {
  const total = sizeOf(shape);
  const isShape = shape.every((size) => Number.isInteger(size) && size >= 0);
  if (!isShape || !(total <= MOST) || total > c.file.room.numbers)
    misfit(`makes [${shape.slice(0, 8).join(", ")}] of constants, which is more than any model needs`);
  c.file.room.numbers -= total;
  return total;
}

export function like(data: Numbers, length: number): Numbers {
  return data instanceof Float32Array ? new Float32Array(length) : new Float64Array(length);
}

export function transposedConstant(c: NodeContext, x: Constant, order: readonly number[]): Constant {
  const { strides } = views.transpose({ permutation: order }, x.shape);
  return taken(
    c,
    x,
    order.map((d) => at(x.shape, d)),
    (place) => offsetOf(place, strides),
  );
}

export function broadcast(shapes: readonly (readonly number[])[]): readonly number[] {
  const rank = Math.max(...shapes.map(({ length }) => length));
  return Array.from({ length: rank }, (_, d) => {
    const sizes = shapes.map((shape) => shape[d - rank + shape.length] ?? 1);
    return sizes.includes(0) ? 0 : Math.max(...sizes);
  });
}

export function expanded(c: NodeContext, x: Constant, shape: readonly number[]): Constant {
  const pad = shape.length - x.shape.length;
  const fits = pad >= 0 && x.shape.every((size, d) => size === 1 || size === shape[d + pad]);
  if (!fits) misfit(`joins sizes that do not fit: [${x.shape.join(", ")}] and [${shape.join(", ")}]`);
  const strides = rowMajorStrides(x.shape);
  return taken(c, x, shape, (place) =>
    x.shape.reduce((sum, size, d) => sum + (size === 1 ? 0 : at(place, d + pad) * at(strides, d)), 0),
  );
}

export function axisIn(axis: number, rank: number): number {
  const place = axis < 0 ? axis + rank : axis;
  return Number.isInteger(place) && place >= 0 && place < Math.max(rank, 1)
    ? place
    : misfit(`is told of a size ${axis}, and its input has ${rank}`);
}
