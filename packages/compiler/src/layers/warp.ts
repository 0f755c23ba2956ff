// Pictures seen from elsewhere: what stands at places between pixels, and beyond the edge.

import { choice, real } from "@netwright/definitions";
import { type Builder, tensor, type Value } from "@netwright/ir";

export const warpParams = {
  fill_mode: choice({
    doc: "What lies beyond the edge: the picture mirrored, with its edge twice; the picture again, from its other side; its edge; or `fill_value`.",
    values: ["reflect", "wrap", "nearest", "constant"],
    default: "reflect",
  }),
  interpolation: choice({
    doc: "Between pixels: the four around a place by their distance, or the nearest.",
    values: ["bilinear", "nearest"],
    default: "bilinear",
  }),
  fill_value: real({ doc: "What lies beyond the edge with `fill_mode: constant`.", default: 0 }),
};

export interface WarpArgs {
  readonly fill_mode: "reflect" | "wrap" | "nearest" | "constant";
  readonly interpolation: "bilinear" | "nearest";
  readonly fill_value: number;
}

/**
 * The numbers of pictures [rows, height, width, channels] at places `y` down and `x` to the right of the first pixel, in
 * pixels: [rows, height, width] each.
 */
export function warped(b: Builder, pictures: Value, y: Value, x: Value, args: WarpArgs): Value {
  const [, height = 1, width = 1] = pictures.type.shape;
  const at = (row: Value, column: Value) => pixelsAt(b, pictures, row, column, args);
  if (args.interpolation === "nearest") {
    const half = b.like(y, 0.5);
    return at(b.unary("floor", b.add(y, half)), b.unary("floor", b.add(x, half)));
  }
  const [top, left] = [b.unary("floor", y), b.unary("floor", x)];
  const one = b.like(top, 1);
  const spread = (weight: Value) => b.broadcastInDim(weight, pictures.type.shape, [0, 1, 2]);
  const between = (first: Value, second: Value, share: Value) => {
    const part = spread(share);
    return b.add(b.multiply(first, b.subtract(b.like(part, 1), part)), b.multiply(second, part));
  };
  // Of one line, or one column, there is nothing between.
  const row = (line: Value) =>
    width === 1 ? at(line, left) : between(at(line, left), at(line, b.add(left, one)), b.subtract(x, left));
  return height === 1 ? row(top) : between(row(top), row(b.add(top, one)), b.subtract(y, top));
}

/** Whole `y` and `x`, also such as lie beyond the edge. */
function pixelsAt(
  b: Builder,
  pictures: Value,
  y: Value,
  x: Value,
  { fill_mode, fill_value }: WarpArgs,
): Value {
  const [rows = 1, height = 1, width = 1, channels = 1] = pictures.type.shape;
  const [row, column] = [inside(b, y, height, fill_mode), inside(b, x, width, fill_mode)];
  const flat = b.reshape(pictures, [rows * height * width, channels]);
  const places = tensor("i32", y.type.shape);
  const first = b.multiply(b.iota(places, 0), b.fill(places, height * width));
  const whole = (value: Value) => b.convert(value, "i32");
  const line = b.multiply(whole(row), b.fill(places, width));
  const found = b.gather(flat, b.add(b.add(first, line), whole(column)));
  if (fill_mode !== "constant") return found;
  const isInside = [b.compare(y, "EQ", row), b.compare(x, "EQ", column)].reduce((both, one) =>
    b.binary("and", both, one),
  );
  const spread = b.broadcastInDim(isInside, pictures.type.shape, [0, 1, 2]);
  return b.select(spread, found, b.like(found, fill_value));
}

/** A place from 0 to size - 1. */
function inside(b: Builder, place: Value, size: number, mode: WarpArgs["fill_mode"]): Value {
  const [zero, last] = [b.like(place, 0), b.like(place, size - 1)];
  const rest = (period: number) => {
    const count = b.unary("floor", b.divide(place, b.like(place, period)));
    return b.subtract(place, b.multiply(count, b.like(place, period)));
  };
  if (mode === "nearest" || mode === "constant") return b.minimum(b.maximum(place, zero), last);
  if (mode === "wrap") return b.minimum(rest(size), last);
  const folded = rest(2 * size);
  const mirrored = b.subtract(b.like(place, 2 * size - 1), folded);
  return b.maximum(b.minimum(folded, mirrored), zero);
}
