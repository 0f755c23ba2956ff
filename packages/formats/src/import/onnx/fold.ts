// Nodes of constants alone, as exporters leave them: sizes that are put together, weights that are turned, tables of positions. They
// are computed here, in f64, and in f32 where the file has f32.

import { at } from "@netwright/definitions";
import { sizeOf } from "@netwright/ir";
import { cosine, exponentialWide, logWide, sine } from "@netwright/ir/numerics";
import { ELEMENT_TYPES } from "../../onnx/fields.ts";
import { type Constant, constantOf } from "./constant.ts";
import {
  axisIn,
  bounded,
  broadcast,
  expanded,
  like,
  stridesOf,
  taken,
  transposedConstant,
} from "./constant-shapes.ts";
import { misfit, type NodeContext, reshapedConstant } from "./node-context.ts";
import { shapeSlice, slicesOf, squeezedPlaces, targetOf, widenedPlaces } from "./node-sizes.ts";

type Fold = (c: NodeContext, given: readonly Constant[]) => Constant | readonly Constant[];

/** Null for an operation that is none of these. */
export function folded(c: NodeContext): readonly Constant[] | null {
  const fold = folds.get(c.op);
  if (fold === undefined || c.node.domain !== "") return null;
  const given = c.inputs.map((value) => (value?.kind === "constant" ? value : null));
  const made = fold(
    c,
    given.filter((value) => value !== null),
  );
  return Array.isArray(made) ? made : [made as Constant];
}

const isRounded = (constants: readonly Constant[]) =>
  constants.every(({ data, isFloat }) => data instanceof Float32Array || !isFloat) &&
  constants.some(({ data }) => data instanceof Float32Array);

function powerOf(x: number, y: number): number {
  if (y === 2) return x * x;
  if (y === 0.5) return Math.sqrt(x);
  if (y === -0.5) return 1 / Math.sqrt(x);
  if (x === 0) return y === 0 ? 1 : y > 0 ? 0 : Number.POSITIVE_INFINITY;
  const size = exponentialWide(y * logWide(Math.abs(x)));
  return x < 0 && y % 2 !== 0 ? -size : size;
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

const unary =
  (compute: (x: number) => number): Fold =>
  (c, given) => {
    const x = at(given, 0);
    return elementwise(c, [x], x.isFloat, compute);
  };

const binary =
  (compute: (a: number, b: number) => number): Fold =>
  (c, given) =>
    elementwise(c, given, at(given, 0).isFloat, (a = Number.NaN, b = Number.NaN) => compute(a, b));

const truth =
  (compute: (a: number, b: number) => boolean): Fold =>
  (c, given) =>
    elementwise(c, given, false, (a = Number.NaN, b = Number.NaN) => Number(compute(a, b)));

const folding =
  (compute: (a: number, b: number) => number): Fold =>
  (c, given) =>
    given
      .slice(1)
      .reduce(
        (sofar, one) => elementwise(c, [sofar, one], sofar.isFloat, (a = 0, b = 0) => compute(a, b)),
        at(given, 0),
      );

const reduced =
  (
    start: number,
    next: (sofar: number, x: number) => number,
    end: (sum: number, count: number) => number = (sum) => sum,
  ): Fold =>
  (c, given) => {
    const x = at(given, 0);
    const stated = c.intsOf("axes", 1);
    const axes = new Set((stated ?? x.shape.map((_, d) => d)).map((axis) => axisIn(axis, x.shape.length)));
    const kept = x.shape.map((size, d) => (axes.has(d) ? 1 : size));
    const own = stridesOf(kept);
    const all = stridesOf(x.shape);
    const data = new Float64Array(sizeOf(kept)).fill(start);
    for (let i = 0; i < x.data.length; i++) {
      let to = 0;
      for (let d = 0; d < kept.length; d++)
        if (!axes.has(d)) to += (Math.floor(i / at(all, d)) % at(x.shape, d)) * at(own, d);
      data[to] = next(data[to] ?? start, x.data[i] ?? 0);
    }
    const count = x.data.length / Math.max(1, data.length);
    const shape = c.int("keepdims", 1) === 1 ? kept : kept.filter((_, d) => !axes.has(d));
    return constantOf(
      shape,
      data.map((sum) => end(sum, count)),
      x.isFloat,
    );
  };

const gather: Fold = (c, [x, indices]) => {
  if (x === undefined || indices === undefined) return misfit("has no indices");
  const axis = axisIn(c.int("axis", 0), x.shape.length);
  const shape = [...x.shape.slice(0, axis), ...indices.shape, ...x.shape.slice(axis + 1)];
  const strides = stridesOf(x.shape);
  const own = stridesOf(indices.shape);
  return taken(c, x, shape, (place) => {
    const index = indices.data[own.reduce((sum, stride, d) => sum + stride * at(place, axis + d), 0)] ?? 0;
    const counted = index < 0 ? index + at(x.shape, axis) : index;
    const rest = [...place.slice(0, axis), counted, ...place.slice(axis + indices.shape.length)];
    return rest.reduce((sum, value, d) => sum + value * at(strides, d), 0);
  });
};

const concat: Fold = (c, given) => {
  const first = at(given, 0);
  const axis = axisIn(c.int("axis", 0), first.shape.length);
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
  const strides = stridesOf(x.shape);
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

const cast: Fold = (c, given) => {
  const x = at(given, 0);
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
  return constantOf(x.shape, Float64Array.from(x.data, Math.trunc), false, x.name);
};

const same: Fold = (_, given) => at(given, 0);

function chosen(c: NodeContext, [condition, a, b]: readonly Constant[]): Constant {
  if (condition === undefined || a === undefined || b === undefined) return misfit("lacks an input");
  const made = elementwise(c, [condition, a, b], a.isFloat, (is = 0, x = 0, y = 0) => (is !== 0 ? x : y));
  return a.data instanceof Float32Array ? constantOf(made.shape, Float32Array.from(made.data), true) : made;
}

const folds: ReadonlyMap<string, Fold> = new Map<string, Fold>([
  ["Identity", same],
  ["Dropout", same],
  ["Cast", cast],
  ["CastLike", (_, given) => at(given, 0)],
  ["Shape", (c, [x]) => (x === undefined ? misfit("has no input") : shapeSlice(c, x.shape))],
  ["Size", (_, [x]) => constantOf([], Float64Array.of(x?.data.length ?? 0), false)],
  ["Gather", gather],
  ["Concat", concat],
  ["Slice", slice],
  ["Reshape", (c, given) => reshapedConstant(at(given, 0), targetOf(c, at(given, 0).shape))],
  [
    "Flatten",
    (c, given) => {
      const x = at(given, 0);
      const axis = c.int("axis", 1);
      const place = axis < 0 ? axis + x.shape.length : axis;
      return reshapedConstant(x, [sizeOf(x.shape.slice(0, place)), sizeOf(x.shape.slice(place))]);
    },
  ],
  [
    "Squeeze",
    (c, given) => {
      const x = at(given, 0);
      const places = squeezedPlaces(c, x.shape);
      return reshapedConstant(
        x,
        x.shape.filter((_, d) => !places.includes(d)),
      );
    },
  ],
  [
    "Unsqueeze",
    (c, given) => {
      const x = at(given, 0);
      const shape = [...x.shape];
      for (const place of widenedPlaces(c, x.shape.length)) shape.splice(place, 0, 1);
      return reshapedConstant(x, shape);
    },
  ],
  [
    "Transpose",
    (c, given) => {
      const x = at(given, 0);
      return transposedConstant(c, x, c.ints("perm") ?? x.shape.map((_, d) => x.shape.length - 1 - d));
    },
  ],
  [
    "Expand",
    (c, [x, sizes]) => {
      if (x === undefined || sizes === undefined) return misfit("lacks an input");
      return expanded(c, x, broadcast([x.shape, Array.from(sizes.data)]));
    },
  ],
  [
    "Tile",
    (c, [x, times]) => {
      if (x === undefined || times === undefined) return misfit("lacks an input");
      const strides = stridesOf(x.shape);
      return taken(
        c,
        x,
        x.shape.map((size, d) => size * (times.data[d] ?? 1)),
        (place) => place.reduce((sum, index, d) => sum + (index % at(x.shape, d)) * at(strides, d), 0),
      );
    },
  ],
  [
    "ConstantOfShape",
    (c, [sizes]) => {
      const shape = Array.from(sizes?.data ?? []);
      const total = bounded(c, shape);
      const value = c.tensor("value");
      if (value !== null && value.kind === "texts") return misfit("makes words");
      const own = value?.data[0] ?? 0;
      const isFloat = value?.isFloat ?? true;
      return constantOf(
        shape,
        isFloat ? new Float32Array(total).fill(own) : new Float64Array(total).fill(own),
        isFloat,
      );
    },
  ],
  [
    "Range",
    (c, [start, limit, delta]) => {
      const [from, to, step] = [start?.data[0] ?? 0, limit?.data[0] ?? 0, delta?.data[0] ?? 1];
      const total = bounded(c, [Math.max(0, Math.ceil((to - from) / step))]);
      const data = Float64Array.from({ length: total }, (_, i) => from + i * step);
      return constantOf(
        [total],
        start?.data instanceof Float32Array ? Float32Array.from(data) : data,
        start?.isFloat ?? false,
      );
    },
  ],
  [
    "Trilu",
    (c, [x, k]) => {
      if (x === undefined) return misfit("has no input");
      const [rows = 1, columns = 1] = x.shape.slice(-2);
      const by = k?.data[0] ?? 0;
      const isUpper = c.int("upper", 1) === 1;
      const data = x.data.slice();
      for (let i = 0; i < data.length; i++) {
        const row = Math.floor(i / columns) % rows;
        const column = i % columns;
        if (isUpper ? column - row < by : column - row > by) data[i] = 0;
      }
      return constantOf(x.shape, data, x.isFloat);
    },
  ],
  ["Add", binary((a, b) => a + b)],
  ["Sub", binary((a, b) => a - b)],
  ["Mul", binary((a, b) => a * b)],
  [
    "Div",
    (c, given) => binary(at(given, 0).isFloat ? (a, b) => a / b : (a, b) => Math.trunc(a / b))(c, given),
  ],
  ["Mod", binary((a, b) => a - b * Math.floor(a / b))],
  ["Pow", binary(powerOf)],
  ["Min", folding(Math.min)],
  ["Max", folding(Math.max)],
  ["Neg", unary((x) => -x)],
  ["Abs", unary(Math.abs)],
  ["Sqrt", unary(Math.sqrt)],
  ["Reciprocal", unary((x) => 1 / x)],
  ["Exp", unary(exponentialWide)],
  ["Log", unary(logWide)],
  ["Sin", unary(sine)],
  ["Cos", unary(cosine)],
  ["Floor", unary(Math.floor)],
  ["Ceil", unary(Math.ceil)],
  ["Not", unary((x) => Number(x === 0))],
  ["Equal", truth((a, b) => a === b)],
  ["Less", truth((a, b) => a < b)],
  ["LessOrEqual", truth((a, b) => a <= b)],
  ["Greater", truth((a, b) => a > b)],
  ["GreaterOrEqual", truth((a, b) => a >= b)],
  ["And", truth((a, b) => a !== 0 && b !== 0)],
  ["Or", truth((a, b) => a !== 0 || b !== 0)],
  ["Where", (c, given) => chosen(c, given)],
  ["ReduceSum", reduced(0, (a, b) => a + b)],
  ["ReduceProd", reduced(1, (a, b) => a * b)],
  ["ReduceMax", reduced(Number.NEGATIVE_INFINITY, Math.max)],
  ["ReduceMin", reduced(Number.POSITIVE_INFINITY, Math.min)],
  [
    "ReduceMean",
    reduced(
      0,
      (a, b) => a + b,
      (sum, count) => sum / count,
    ),
  ],
]);
