// Nodes of constants alone, as exporters leave them: sizes that are put together, weights that are turned, tables of positions. They
// are computed here, in f64, and in f32 where the file has f32.

import { at } from "@netwright/definitions";
import { sizeOf } from "@netwright/ir";
import { cosine, exponentialWide, logWide, sine } from "@netwright/ir/numerics";
import { ELEMENT_TYPES } from "../../onnx/fields.ts";
import { type Constant, constantOf, type Numbers, wholes } from "./constant.ts";
import { misfit, type NodeContext, reshapedConstant, sizesOf } from "./node-context.ts";

type Fold = (c: NodeContext, given: readonly Constant[]) => Constant | readonly Constant[];

/** Numbers of all constants that a file may come to, so that a few bytes do not become gigabytes. */
const MOST = 2 ** 26;

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

/** [..., sizes] of which each number is taken from where `from` says. */
function taken(
  source: Constant,
  shape: readonly number[],
  from: (place: readonly number[]) => number,
): Constant {
  const total = bounded(shape);
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

function bounded(shape: readonly number[]): number {
  const total = sizeOf(shape);
  if (!(total <= MOST) || shape.some((size) => !Number.isInteger(size) || size < 0))
    misfit(`makes [${shape.slice(0, 8).join(", ")}] of constants, which is more than any model needs`);
  return total;
}

function like(data: Numbers, length: number): Numbers {
  return data instanceof Float32Array ? new Float32Array(length) : new Float64Array(length);
}

function stridesOf(shape: readonly number[]): readonly number[] {
  return shape.map((_, d) => sizeOf(shape.slice(d + 1)));
}

export function transposedConstant(x: Constant, order: readonly number[]): Constant {
  const strides = stridesOf(x.shape);
  return taken(
    x,
    order.map((d) => at(x.shape, d)),
    (place) => place.reduce((sum, index, d) => sum + index * at(strides, at(order, d)), 0),
  );
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
  given: readonly Constant[],
  isFloat: boolean,
  compute: (...values: readonly number[]) => number,
): Constant {
  const shape = broadcast(given.map((one) => one.shape));
  const total = bounded(shape);
  const data = isFloat && isRounded(given) ? new Float32Array(total) : new Float64Array(total);
  const spread = given.map((one) => (sizeOf(one.shape) === 1 ? null : expanded(one, shape)));
  for (let i = 0; i < total; i++)
    data[i] = compute(...given.map((one, k) => spread[k]?.data[i] ?? one.data[0] ?? Number.NaN));
  return constantOf(shape, data, isFloat);
}

function broadcast(shapes: readonly (readonly number[])[]): readonly number[] {
  const rank = Math.max(...shapes.map(({ length }) => length));
  return Array.from({ length: rank }, (_, d) => {
    const sizes = shapes.map((shape) => shape[d - rank + shape.length] ?? 1);
    return sizes.includes(0) ? 0 : Math.max(...sizes);
  });
}

export function expanded(x: Constant, shape: readonly number[]): Constant {
  const pad = shape.length - x.shape.length;
  const fits = pad >= 0 && x.shape.every((size, d) => size === 1 || size === shape[d + pad]);
  if (!fits) misfit(`joins sizes that do not fit: [${x.shape.join(", ")}] and [${shape.join(", ")}]`);
  const strides = stridesOf(x.shape);
  return taken(x, shape, (place) =>
    x.shape.reduce((sum, size, d) => sum + (size === 1 ? 0 : at(place, d + pad) * at(strides, d)), 0),
  );
}

const unary =
  (compute: (x: number) => number): Fold =>
  (_, given) => {
    const x = at(given, 0);
    return elementwise([x], x.isFloat, compute);
  };

const binary =
  (compute: (a: number, b: number) => number): Fold =>
  (_, given) =>
    elementwise(given, at(given, 0).isFloat, (a = Number.NaN, b = Number.NaN) => compute(a, b));

const truth =
  (compute: (a: number, b: number) => boolean): Fold =>
  (_, given) =>
    elementwise(given, false, (a = Number.NaN, b = Number.NaN) => Number(compute(a, b)));

const folding =
  (compute: (a: number, b: number) => number): Fold =>
  (_, given) =>
    given
      .slice(1)
      .reduce(
        (sofar, one) => elementwise([sofar, one], sofar.isFloat, (a = 0, b = 0) => compute(a, b)),
        at(given, 0),
      );

function axisIn(axis: number, rank: number): number {
  const place = axis < 0 ? axis + rank : axis;
  return Number.isInteger(place) && place >= 0 && place < Math.max(rank, 1)
    ? place
    : misfit(`is told of a size ${axis}, and its input has ${rank}`);
}

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
  return taken(x, shape, (place) => {
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
  const data = like(first.data, bounded(shape));
  let to = 0;
  for (let i = 0; i < outer; i++)
    for (const [k, one] of given.entries()) {
      const length = at(sizes, k) * inner;
      data.set(one.data.subarray(i * length, (i + 1) * length), to);
      to += length;
    }
  return constantOf(shape, data, first.isFloat);
};

export interface Steps {
  readonly start: number;
  readonly step: number;
  readonly count: number;
}

/** What a slice takes of each dimension. */
export function slicesOf(c: NodeContext, shape: readonly number[]): readonly Steps[] {
  const starts = c.intsOf("starts", 1) ?? [];
  const ends = c.intsOf("ends", 2) ?? [];
  const axes = c.intsOf("axes", 3) ?? starts.map((_, i) => i);
  const steps = c.optional(4)?.data ?? null;
  const all: Steps[] = shape.map((size) => ({ start: 0, step: 1, count: size }));
  for (const [i, axis] of axes.entries()) {
    const d = axisIn(axis, shape.length);
    const size = at(shape, d);
    const step = steps?.[i] ?? 1;
    if (step === 0) misfit("takes steps of 0");
    const held = (value: number, least: number, most: number) =>
      Math.min(Math.max(value < 0 ? value + size : value, least), most);
    const start = step > 0 ? held(starts[i] ?? 0, 0, size) : held(starts[i] ?? 0, 0, size - 1);
    const end = step > 0 ? held(ends[i] ?? size, 0, size) : held(ends[i] ?? 0, -1, size - 1);
    all[d] = { start, step, count: Math.max(0, Math.ceil((end - start) / step)) };
  }
  return all;
}

const slice: Fold = (c, given) => {
  const x = at(given, 0);
  const slices = slicesOf(c, x.shape);
  const strides = stridesOf(x.shape);
  return taken(
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

/** The sizes that a reshape asks for, of a value with these. */
export function targetOf(c: NodeContext, shape: readonly number[]): readonly number[] {
  const asked = Array.from(c.optional(1)?.data ?? c.ints("shape") ?? []);
  const keepsZero = c.int("allowzero", 0) === 1;
  const sizes = asked.map((size, d) => (size === 0 && !keepsZero ? (shape[d] ?? 1) : size));
  const known = sizeOf(sizes.filter((size) => size !== -1));
  return sizes.map((size) => (size === -1 ? sizeOf(shape) / known : size));
}

export function squeezedPlaces(c: NodeContext, shape: readonly number[]): readonly number[] {
  const stated = c.intsOf("axes", 1);
  if (stated === null) return shape.flatMap((size, d) => (size === 1 ? [d] : []));
  return stated.map((axis) => axisIn(axis, shape.length));
}

export function widenedPlaces(c: NodeContext, rank: number): readonly number[] {
  const stated = c.intsOf("axes", 1) ?? misfit("is told no sizes");
  return stated.map((axis) => axisIn(axis, rank + stated.length)).toSorted((a, b) => a - b);
}

const same: Fold = (_, given) => at(given, 0);

function chosen([condition, a, b]: readonly Constant[]): Constant {
  if (condition === undefined || a === undefined || b === undefined) return misfit("lacks an input");
  const made = elementwise([condition, a, b], a.isFloat, (is = 0, x = 0, y = 0) => (is !== 0 ? x : y));
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
      return transposedConstant(x, c.ints("perm") ?? x.shape.map((_, d) => x.shape.length - 1 - d));
    },
  ],
  [
    "Expand",
    (_, [x, sizes]) => {
      if (x === undefined || sizes === undefined) return misfit("lacks an input");
      return expanded(x, broadcast([x.shape, Array.from(sizes.data)]));
    },
  ],
  [
    "Tile",
    (_, [x, times]) => {
      if (x === undefined || times === undefined) return misfit("lacks an input");
      const strides = stridesOf(x.shape);
      return taken(
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
      const total = bounded(shape);
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
    (_, [start, limit, delta]) => {
      const [from, to, step] = [start?.data[0] ?? 0, limit?.data[0] ?? 0, delta?.data[0] ?? 1];
      const total = bounded([Math.max(0, Math.ceil((to - from) / step))]);
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
  ["Where", (_, given) => chosen(given)],
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

/** The sizes of a value, or those between two places. */
export function shapeSlice(c: NodeContext, shape: readonly number[]): Constant {
  const held = (place: number) =>
    Math.min(Math.max(place < 0 ? place + shape.length : place, 0), shape.length);
  return wholes(shape.slice(held(c.int("start", 0)), held(c.int("end", shape.length))));
}

export function shapeConstant(c: NodeContext): Constant {
  const value = c.value(0);
  const shape = value === null ? null : sizesOf(value);
  return shape === null ? misfit("asks for sizes that are not known") : shapeSlice(c, shape);
}
