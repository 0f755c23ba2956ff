// dynamic_slice and dynamic_update_slice: a box of a tensor that begins where scalars say. They are clamped, so that the
// box never leaves the tensor.

import { at } from "@netwright/definitions";
import type { Builder } from "../core/builder.ts";
import type { Value } from "../core/program.ts";
import { formatType, sameType, sizeOf, type TensorType, tensor } from "../core/types.ts";
import { backFrom, clampedStart, halvings, towards } from "../decompositions/position.ts";
import { constrain, type DerivedDefinition, type NoAttributes, operand } from "./definition.ts";

export interface DynamicSliceAttributes {
  readonly sizes: readonly number[];
}

function constrainStarts(starts: readonly TensorType[], rank: number, constraint: string): void {
  constrain(
    starts.length === rank && starts.every((type) => sameType(type, tensor("i32"))),
    constraint,
    `it takes ${rank} starts, i32 scalars, got (${starts.map(formatType).join(", ")})`,
  );
}

/** What is left of each dimension outside of the box. */
function roomsOf(shape: readonly number[], sizes: readonly number[]): readonly number[] {
  return shape.map((size, d) => size - at(sizes, d));
}

export const dynamicSlice: DerivedDefinition<DynamicSliceAttributes> = {
  summary: "the box of these sizes that begins at the starts, i32 scalars, one for each dimension",
  operands: "variadic",
  fields: { sizes: "integers" },
  infer: (operands, { sizes }) => {
    const x = operand(operands, 0);
    constrainStarts(operands.slice(1), x.shape.length, "dynamic_slice_c1");
    constrain(
      sizes.length === x.shape.length && sizes.every((size, d) => size >= 0 && size <= at(x.shape, d)),
      "dynamic_slice_c2",
      `a box of [${sizes}] does not fit into [${x.shape}]`,
    );
    return [tensor(x.dtype, sizes)];
  },
  decompose: (b, [x, ...starts], { sizes }) => {
    if (x === undefined) return [];
    if (sizeOf(sizes) === 0) return [b.fill(tensor(x.type.dtype, sizes), 0)];
    const steps = roomsOf(x.type.shape, sizes).flatMap((room, d) =>
      halvings(b, d, clampedStart(b, at(starts, d), room), room),
    );
    return [steps.reduce((box, step) => towards(b, box, step), x)];
  },
};

export const dynamicUpdateSlice: DerivedDefinition<NoAttributes> = {
  summary: "the first operand with the second in place of the box that begins at the starts",
  operands: "variadic",
  fields: {},
  infer: (operands) => {
    const x = operand(operands, 0);
    const update = operand(operands, 1);
    constrainStarts(operands.slice(2), x.shape.length, "dynamic_update_slice_c1");
    constrain(
      update.dtype === x.dtype &&
        update.shape.length === x.shape.length &&
        update.shape.every((size, d) => size <= at(x.shape, d)),
      "dynamic_update_slice_c2",
      `${formatType(update)} does not fit into ${formatType(x)}`,
    );
    return [x];
  },
  decompose: (b, [x, update, ...starts]) => {
    if (x === undefined || update === undefined) return [];
    const sizes = update.type.shape;
    if (sizeOf(sizes) === 0) return [x];
    const rooms = roomsOf(x.type.shape, sizes);
    const clamped = rooms.map((room, d) => clampedStart(b, at(starts, d), room));
    const steps = rooms.flatMap((room, d) => halvings(b, d, at(clamped, d), room));
    const placed = steps.reduceRight((box, step) => backFrom(b, box, step), update);
    const inside = rooms.flatMap((room, d) =>
      room === 0 ? [] : [isWithin(b, x.type.shape, d, at(clamped, d), at(sizes, d))],
    );
    const [first, ...others] = inside;
    if (first === undefined) return [placed];
    const isInside = others.reduce((all, each) => b.binary("and", all, each), first);
    return [b.select(isInside, placed, x)];
  },
};

/** Whether the index along a dimension is one of the `size` from `start` on. */
function isWithin(
  b: Builder,
  shape: readonly number[],
  dimension: number,
  start: Value,
  size: number,
): Value {
  const index = b.iota(tensor("i32", shape), dimension);
  const first = b.spread(start, shape);
  const end = b.spread(b.add(start, b.like(start, size)), shape);
  return b.binary("and", b.compare(index, "GE", first), b.compare(index, "LT", end));
}
