// Gradients of the operations that take and put parts of a tensor at places known only when the program runs.

import { at } from "@netwright/definitions";
import { sizeOf, tensor } from "../../core/types.ts";
import { oneResult, operandOf } from "../rule.ts";

// g in its box, zeros around
export const dynamicSlice = oneResult<"dynamic_slice">(({ builder: b, op, cotangent: g }) => [
  b.dynamicUpdateSlice(b.like(operandOf(op, 0), 0), g, op.operands.slice(1)),
]);

// g without the box; the box of g
export const dynamicUpdateSlice = oneResult<"dynamic_update_slice">(
  ({ builder: b, op, cotangent: g, needs }) => {
    const update = operandOf(op, 1);
    const starts = op.operands.slice(2);
    return [
      needs(0) ? b.dynamicUpdateSlice(g, b.like(update, 0), starts) : undefined,
      needs(1) ? b.dynamicSlice(g, starts, update.type.shape) : undefined,
    ];
  },
);

// the cotangents of each row, summed
export const gather = oneResult<"gather">(({ builder: b, op, cotangent: g }) => {
  const [x, indices] = [operandOf(op, 0), operandOf(op, 1)];
  const last = b.scalar(Math.max(at(x.type.shape, 0) - 1, 0), "i32");
  return [b.scatter(b.like(x, 0), b.clamp(b.scalar(0, "i32"), indices, last), g, "add")];
});

export const scatter = oneResult<"scatter">(({ builder: b, op, cotangent: g, needs }) => {
  const [x, indices, updates] = [operandOf(op, 0), operandOf(op, 1), operandOf(op, 2)];
  const rows = at(x.type.shape, 0);
  if (rows === 0) return [g, b.like(updates, 0)];
  const counts = (isIn: typeof g) =>
    b.select(
      b.broadcastInDim(isIn, updates.type.shape, [...indices.type.shape.keys()]),
      b.gather(g, indices),
      b.like(updates, 0),
    );
  // g; the row of g, but nothing to what fell outside
  if (op.attributes.kind === "add") {
    const isInside = b.binary(
      "and",
      b.compare(indices, "GE", b.like(indices, 0)),
      b.compare(indices, "LT", b.like(indices, rows)),
    );
    return [needs(0) ? g : undefined, undefined, needs(2) ? counts(isInside) : undefined];
  }
  // g without the rows that were replaced; the row of g to the update that stayed
  const position = b.reshape(b.iota(tensor("i32", [sizeOf(indices.type.shape)]), 0), indices.type.shape);
  const stayed = b.scatter(b.fill(tensor("i32", [rows]), -1), indices, position, "set");
  return [
    needs(0) ? b.scatter(g, indices, b.like(updates, 0), "set") : undefined,
    undefined,
    needs(2) ? counts(b.compare(b.gather(stayed, indices), "EQ", position)) : undefined,
  ];
});
