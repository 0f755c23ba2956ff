// Constants taken apart, put together and summed up.

import { at } from "@netwright/definitions";
import { offsetOf, rowMajorStrides, sizeOf } from "@netwright/ir";
import { ELEMENT_TYPES } from "../../onnx/fields.ts";
import { type Constant, constantOf } from "./constant.ts";
import { axisIn, bounded, like, taken } from "./constant-shapes.ts";
import type { Fold } from "./elementwise-constants.ts";
import { misfit } from "./node-context.ts";
import { slicesOf } from "./node-sizes.ts";

export const reduced =
  (
    start: number,
    next: (sofar: number, x: number) => number,
    end: (sum: number, count: number) => number = (sum) => sum,
  ): Fold =>
  (c, given) => {
    const x = at(given, 0);
    const stated = c.intsOf("axes", 1);
    const axes = new Set((stated ?? x.shape.map((_, d) => d)).map((axis) => axisIn(axis, x.shape.length)));
    bounded(c, x.shape);
    const kept = x.shape.map((size, d) => (axes.has(d) ? 1 : size));
    const own = rowMajorStrides(kept);
    const all = rowMajorStrides(x.shape);
    const data = new Float64Array(sizeOf(kept)).fill(start);
    for (let i = 0; i < x.data.length; i++) {
      let to = 0;
      for (let d = 0; d < kept.length; d++)
        if (!axes.has(d)) to += (Math.floor(i / at(all, d)) % at(x.shape, d)) * at(own, d);
      data[to] = next(at(data, to), at(x.data, i));
    }
    const count = x.data.length / Math.max(1, data.length);
    const shape = c.int("keepdims", 1) === 1 ? kept : kept.filter((_, d) => !axes.has(d));
    return constantOf(
      shape,
      data.map((sum) => end(sum, count)),
      x.isFloat,
    );
  };

export const gather: Fold = (c, [x, indices]) => {
  if (x === undefined || indices === undefined) return misfit("has no indices");
  const axis = axisIn(c.int("axis", 0), x.shape.length);
  const size = x.shape[axis] ?? misfit("takes numbers out of a single one");
  const wrong = indices.data.find((index) => !(index >= -size && index < size));
  if (wrong !== undefined) return misfit(`takes number ${wrong} of a size of ${size}`);
  const shape = [...x.shape.slice(0, axis), ...indices.shape, ...x.shape.slice(axis + 1)];
  const strides = rowMajorStrides(x.shape);
  const own = rowMajorStrides(indices.shape);
  return taken(c, x, shape, (place) => {
    const index = at(
      indices.data,
      own.reduce((sum, stride, d) => sum + stride * at(place, axis + d), 0),
    );
    const counted = index < 0 ? index + size : index;
    const rest = [...place.slice(0, axis), counted, ...place.slice(axis + indices.shape.length)];
    return offsetOf(rest, strides);
  });
};

export const concat: Fold = (c, given) => {
  const first = at(given, 0);
  const axis = axisIn(c.int("axis", 0), first.shape.length);
  const others = ({ shape }: Constant) => shape.map((size, d) => (d === axis ? 0 : size)).join();
  if (given.some((one) => others(one) !== others(first)))
    return misfit(`puts side by side ${given.map(({ shape }) => `[${shape.join(", ")}]`).join(" and ")}`);
  const sizes = given.map(({ shape }) => shape[axis] ?? 1);
  const shape = first.shape.map((size, d) => (d === axis ? sizes.reduce((a, b) => a + b, 0) : size));
  const inner = sizeOf(first.shape.slice(axis + 1));
  const outer = sizeOf(first.shape.slice(0, axis));
  const data = like(first.data, bounded(c, shape));
  let to = 0;
  for (let i = 0; i < outer; i++)
    for (const [k, one] of given.entries()) {
      const length = at(sizes, k) * inner;
      data.set(one.data.subarray(i * length, (i + 1) * length), to);
      to += length;
    }
  return constantOf(shape, data, first.isFloat);
};

export const slice: Fold = (c, given) => {
  const x = at(given, 0);
  const slices = slicesOf(c, x.shape);
  const strides = rowMajorStrides(x.shape);
  return taken(
    c,
    x,
    slices.map(({ count }) => count),
    (place) =>
      place.reduce(
        (sum, index, d) => sum + (at(slices, d).start + index * at(slices, d).step) * at(strides, d),
        0,
      ),
  );
};

export const cast: Fold = (c, given) => {
  const x = at(given, 0);
  bounded(c, x.shape);
  const to = c.int("to", ELEMENT_TYPES.float);
  if (to === ELEMENT_TYPES.float || to === ELEMENT_TYPES.float16 || to === ELEMENT_TYPES.bfloat16)
    return constantOf(x.shape, Float32Array.from(x.data), true, x.name);
  if (to === ELEMENT_TYPES.double) return constantOf(x.shape, Float64Array.from(x.data), true, x.name);
  if (to === ELEMENT_TYPES.bool)
    return constantOf(
      x.shape,
      Float64Array.from(x.data, (value) => Number(value !== 0)),
      false,
      x.name,
    );
  if (to === ELEMENT_TYPES.string) return misfit("makes words of numbers");
  return wholesOf(x);
};

export const castLike: Fold = (c, [x, like]) => {
  if (x === undefined || like === undefined) return misfit("lacks an input");
  bounded(c, x.shape);
  if (like.isFloat)
    return constantOf(
      x.shape,
      like.data instanceof Float32Array ? Float32Array.from(x.data) : Float64Array.from(x.data),
      true,
      x.name,
    );
  return x.isFloat ? wholesOf(x) : x;
};

function wholesOf(x: Constant): Constant {
  return constantOf(x.shape, Float64Array.from(x.data, Math.trunc), false, x.name);
}
