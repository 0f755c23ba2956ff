// Nodes of constants alone, as exporters leave them: sizes that are put together, weights that are turned, tables of positions. They
// are computed here, in f64, and in f32 where the file has f32.

import { at, float64At } from "@netwright/definitions";
import { rowMajorStrides, sizeOf } from "@netwright/ir";
import { cosine, exponentialWide, logWide, sine } from "@netwright/ir/numerics";
import { type Constant, constantOf } from "./constant.ts";
import { cast, castLike, concat, gather, reduced, slice } from "./constant-moves.ts";
import { bounded, broadcast, expanded, taken, transposedConstant } from "./constant-shapes.ts";
import { binary, chosen, type Fold, folding, powerOf, truth, unary } from "./elementwise-constants.ts";
import { misfit, type NodeContext, reshapedConstant } from "./node-context.ts";
import { shapeSlice, squeezedPlaces, targetOf, widenedPlaces } from "./node-sizes.ts";

/** Null for an operation that is none of these. */
export function folded(c: NodeContext): readonly Constant[] | null {
  const fold = folds.get(c.op);
  if (fold === undefined || c.node.domain !== "") return null;
  const given = c.inputs.map((value) => (value?.kind === "constant" ? value : null));
  const made = fold(
    c,
    given.filter((value) => value !== null),
  );
  return isOne(made) ? [made] : made;
}

function isOne(made: Constant | readonly Constant[]): made is Constant {
  return !Array.isArray(made);
}

/** Rows of any sizes times a matrix. */
const product: Fold = (c, [a, b]) => {
  const inner = a?.shape.at(-1) ?? 1;
  const [own, columns = 1] = b?.shape ?? [];
  if (a === undefined || b?.shape.length !== 2 || own !== inner)
    return misfit("multiplies constants that are no matrices");
  const shape = [...a.shape.slice(0, -1), columns];
  const products = a.data.length * columns;
  if (products > c.file.room.products)
    return misfit("multiplies constants by more numbers than any model needs");
  c.file.room.products -= products;
  const data = new Float64Array(bounded(c, shape));
  for (let i = 0; i < data.length / columns; i++)
    for (let k = 0; k < inner; k++) {
      const factor = at(a.data, i * inner + k);
      if (factor === 0) continue;
      for (let j = 0; j < columns; j++) {
        const place = i * columns + j;
        data[place] = float64At(data, place) + factor * at(b.data, k * columns + j);
      }
    }
  return constantOf(shape, data, true);
};

const same: Fold = (_, given) => at(given, 0);

export const folds: ReadonlyMap<string, Fold> = new Map<string, Fold>([
  ["Identity", same],
  ["Dropout", same],
  ["MatMul", product],
  ["Cast", cast],
  ["CastLike", castLike],
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
      const strides = rowMajorStrides(x.shape);
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
      bounded(c, x.shape);
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
  [
    "Mod",
    // With the sign of the divisor, or as C has it.
    (c, given) =>
      binary(c.int("fmod", 0) === 1 ? (a, b) => a % b : (a, b) => a - b * Math.floor(a / b))(c, given),
  ],
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
