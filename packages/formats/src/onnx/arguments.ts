// Arguments of layers and activations as what they are: the catalog has checked them.

import type { Args, Shape } from "@netwright/definitions";

/** One number for each direction, of an argument that may be one for all. */
export function sizesIn(args: Args, name: string, directions: number): readonly number[] {
  const value = args[name];
  const list = Array.isArray(value) ? value : Array.from({ length: directions }, () => value);
  return list.map((size) => {
    if (typeof size !== "number") throw new Error(`${name} has numbers`);
    return size;
  });
}

/** A size of a row as ONNX counts it, with the rows in front: -1 is the last, 1 the first of a row. */
function dimensionOf(axis: number, shape: Shape): number {
  return axis < 0 ? axis + shape.length + 1 : axis;
}

/** Sizes of a row, as ONNX counts them, ascending. */
export function dimensionsIn(args: Args, name: string, shape: Shape): readonly number[] {
  const value = args[name];
  const list = Array.isArray(value) ? value : [value];
  const all = list.map((axis) => {
    if (typeof axis !== "number") throw new Error(`${name} has numbers`);
    return dimensionOf(axis, shape);
  });
  return all.sort((a, b) => a - b);
}
