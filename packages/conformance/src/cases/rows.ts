// Cases of the operations that take and put parts of a tensor at places known only when the program runs. Places are
// also outside, where they are clamped or nothing happens, and indices meet each other.

import { type Tensor, tensorOf } from "@netwright/backend-reference";
import { type ElementType, type ScatterKind, sizeOf, tensor } from "@netwright/ir";
import fc from "fast-check";
import type { OpCase } from "../ops/op-case.ts";
import { operand } from "../values/arbitraries.ts";
import type { Spread } from "../values/random-tensor.ts";
import { elementTypes } from "./allowed-types.ts";
import { type Movement, movementCases } from "./movement.ts";

/** Scalars from before the tensor to behind it. */
function startsIn(shape: readonly number[]): fc.Arbitrary<readonly Tensor[]> {
  return fc
    .tuple(...shape.map((size) => fc.integer({ min: -2, max: size + 2 })))
    .map((starts) => starts.map((start) => tensorOf(tensor("i32"), [start])));
}

/** A box within the shape, of any size. */
function sizesIn(shape: readonly number[]): fc.Arbitrary<readonly number[]> {
  return fc.tuple(...shape.map((size) => fc.nat({ max: size })));
}

const dynamicSlice: Movement<"dynamic_slice"> = (dtype, shape, spread) =>
  fc
    .tuple(operand(tensor(dtype, shape), spread), sizesIn(shape), startsIn(shape))
    .map(([x, sizes, starts]) => ({ operands: [x, ...starts], attributes: { sizes } }));

const dynamicUpdateSlice: Movement<"dynamic_update_slice"> = (dtype, shape, spread) =>
  sizesIn(shape).chain((sizes) =>
    fc
      .tuple(operand(tensor(dtype, shape), spread), operand(tensor(dtype, sizes), spread), startsIn(shape))
      .map(([x, update, starts]) => ({ operands: [x, update, ...starts], attributes: {} })),
  );

export const dynamicSliceCases = movementCases(dynamicSlice, { maxRank: 3 });
export const dynamicUpdateSliceCases = movementCases(dynamicUpdateSlice, { maxRank: 3 });

/** Indices of few shapes around the rows that there are. */
function indicesOf(rows: number, shape: readonly number[]): fc.Arbitrary<Tensor> {
  const size = sizeOf(shape);
  return fc
    .array(fc.integer({ min: -2, max: rows + 1 }), { minLength: size, maxLength: size })
    .map((values) => tensorOf(tensor("i32", shape), values));
}

const indexShapes = fc.constantFrom<readonly number[]>([], [1], [5], [40], [3, 4], [2, 0]);
const rowShapes = fc.constantFrom<readonly number[]>([], [1], [3], [17], [2, 5], [0]);

const gathers =
  (dtype: ElementType, spread: Spread): OpCase<"gather">["applications"] =>
  () =>
    fc
      .tuple(fc.constantFrom(1, 2, 7, 33), rowShapes, indexShapes)
      .chain(([rows, row, indexShape]) =>
        fc
          .tuple(operand(tensor(dtype, [rows, ...row]), spread), indicesOf(rows, indexShape))
          .map((operands) => ({ operands, attributes: {} })),
      );

export const gatherCases: readonly OpCase<"gather">[] = elementTypes.flatMap((dtype) => [
  { variant: `${dtype} rows`, tolerance: "exact" as const, applications: gathers(dtype, "wide") },
  { variant: `${dtype} edge values`, tolerance: "exact" as const, applications: gathers(dtype, "edges") },
]);

const scatters =
  (dtype: ElementType, kind: ScatterKind, spread: Spread): OpCase<"scatter">["applications"] =>
  () =>
    fc
      .tuple(fc.constantFrom(0, 1, 2, 7, 33), rowShapes, indexShapes)
      .chain(([rows, row, indexShape]) =>
        fc
          .tuple(
            operand(tensor(dtype, [rows, ...row]), spread),
            indicesOf(rows, indexShape),
            operand(tensor(dtype, [...indexShape, ...row]), spread),
          )
          .map((operands) => ({ operands, attributes: { kind } })),
      );

export const scatterCases: readonly OpCase<"scatter">[] = [
  ...elementTypes.flatMap((dtype) => [
    { variant: `${dtype} set`, tolerance: "exact" as const, applications: scatters(dtype, "set", "wide") },
    {
      variant: `${dtype} set, edge values`,
      tolerance: "exact" as const,
      applications: scatters(dtype, "set", "edges"),
    },
  ]),
  { variant: "f32 add", tolerance: "accumulation", applications: scatters("f32", "add", "moderate") },
  { variant: "f32 add whole numbers", tolerance: "exact", applications: scatters("f32", "add", "whole") },
  {
    variant: "f32 add edge values",
    tolerance: "accumulation",
    applications: scatters("f32", "add", "non-finite"),
  },
];
