// gather and scatter by whole rows: a row is what one index of the first dimension holds. StableHLO's operations of the
// name with offset dimensions after those of the indices, dimension 0 collapsed and indexed, and slices of one row.

import { at } from "@netwright/definitions";
import { formatType, sameType, sizeOf, tensor } from "../core/types.ts";
import { clampedStart } from "../decompositions/position.ts";
import { isRow, pickRows, sumRows } from "../decompositions/rows.ts";
import { constrain, type DerivedDefinition, type NoAttributes, operand } from "./definition.ts";

export const gather: DerivedDefinition<NoAttributes> = {
  summary: "the rows of the first operand at i32 indices, which are clamped to the rows that there are",
  operands: 2,
  fields: {},
  infer: (operands) => {
    const [x, indices] = [operand(operands, 0), operand(operands, 1)];
    const [rows, ...row] = x.shape;
    constrain(indices.dtype === "i32", "gather_c1", `indices are ${formatType(indices)}, expected i32`);
    constrain(
      rows !== undefined && (rows > 0 || sizeOf(indices.shape) === 0),
      "gather_c2",
      `${formatType(x)} has no rows`,
    );
    return [tensor(x.dtype, [...indices.shape, ...row])];
  },
  decompose: (b, operands) => {
    const [x, indices] = [at(operands, 0), at(operands, 1)];
    const [rows = 0, ...row] = x.type.shape;
    const shape = [...indices.type.shape, ...row];
    if (sizeOf(shape) === 0) return [b.fill(tensor(x.type.dtype, shape), 0)];
    const count = sizeOf(indices.type.shape);
    const clamped = clampedStart(b, b.reshape(indices, [count]), rows - 1);
    const picked = pickRows(b, isRow(b, clamped, rows), b.reshape(x, [rows, sizeOf(row)]));
    return [b.reshape(picked, shape)];
  },
};

export type ScatterKind = "add" | "set";

export interface ScatterAttributes {
  readonly kind: ScatterKind;
}

const KINDS: readonly string[] = ["add", "set"] satisfies ScatterKind[];

/**
 * Updates of indices outside are left out. `set`: the last update of a row counts. `add`: the updates of a row are
 * summed in their order, from 0, those that are not finite last, and the sum is added to the row; rows without
 * updates stay as they are. So a kernel may add in plain order, and look again where a sum is not finite.
 */
export const scatter: DerivedDefinition<ScatterAttributes> = {
  summary: "the first operand with the rows at i32 indices replaced by updates, or with updates added",
  operands: 3,
  fields: { kind: "word" },
  cost: ({ operands: [, , updates] }, { kind }) => ({
    macs: 0,
    flops: kind === "add" ? sizeOf(updates?.shape ?? [0]) : 0,
  }),
  infer: (operands, { kind }) => {
    const [x, indices, updates] = [operand(operands, 0), operand(operands, 1), operand(operands, 2)];
    constrain(KINDS.includes(kind), "scatter_c1", `unknown kind ${kind}`);
    constrain(indices.dtype === "i32", "scatter_c2", `indices are ${formatType(indices)}, expected i32`);
    constrain(x.shape.length > 0, "scatter_c3", "a scalar has no rows");
    const expected = tensor(x.dtype, [...indices.shape, ...x.shape.slice(1)]);
    constrain(
      sameType(updates, expected),
      "scatter_c4",
      `updates are ${formatType(updates)}, expected ${formatType(expected)}`,
    );
    constrain(kind !== "add" || x.dtype === "f32", "scatter_c5", `add takes f32, not ${x.dtype}`);
    return [x];
  },
  decompose: (b, operands, { kind }) => {
    const [x, indices, updates] = [at(operands, 0), at(operands, 1), at(operands, 2)];
    const { shape } = x.type;
    const [rows = 0, ...row] = shape;
    const count = sizeOf(indices.type.shape);
    if (sizeOf(updates.type.shape) === 0 || rows === 0) return [x];
    const hit = isRow(b, b.reshape(indices, [count]), rows);
    if (kind === "add") {
      const { sums, hasAny } = sumRows(b, hit, b.reshape(updates, [count, sizeOf(row)]));
      return [b.select(b.reshape(hasAny, shape), b.add(x, b.reshape(sums, shape)), x)];
    }
    const order = b.iota(tensor("i32", [count, rows]), 0);
    const last = b.reduce(b.select(hit, order, b.like(order, -1)), "max", [0]);
    const replaced = b.compare(last, "GE", b.like(last, 0));
    const [chosen = x] = b.emit("gather", [b.reshape(updates, [count, ...row]), last], {});
    return [b.select(b.broadcastInDim(replaced, shape, [0]), chosen, x)];
  },
};
