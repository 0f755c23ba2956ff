// Gradients of the operations that move elements: each moves the cotangent back.

import { at } from "@netwright/definitions";
import { sameShape } from "../../core/types.ts";
import { oneResult, operandOf } from "../rule.ts";

// sum over the dimensions that were added or stretched
export const broadcastInDim = oneResult<"broadcast_in_dim">(({ builder: b, op, cotangent }) => {
  const x = operandOf(op, 0).type;
  const { shape, dimensions } = op.attributes;
  const summed = shape.flatMap((size, d) => {
    const source = dimensions.indexOf(d);
    return source < 0 || (x.shape[source] === 1 && size !== 1) ? [d] : [];
  });
  const sum = summed.length === 0 ? cotangent : b.sum(cotangent, summed);
  return [sameShape(sum.type.shape, x.shape) ? sum : b.reshape(sum, x.shape)];
});

export const reshape = oneResult<"reshape">(({ builder, op, cotangent }) => [
  builder.reshape(cotangent, operandOf(op, 0).type.shape),
]);

// the inverse permutation
export const transpose = oneResult<"transpose">(({ builder, op, cotangent }) => {
  const { permutation } = op.attributes;
  return [
    builder.transpose(
      cotangent,
      permutation.map((_, d) => permutation.indexOf(d)),
    ),
  ];
});

// to each operand its part of the cotangent
export const concatenate = oneResult<"concatenate">(({ builder, op, cotangent, needs }) => {
  const { dimension } = op.attributes;
  let offset = 0;
  return op.operands.map(({ type }, i) => {
    const from = offset;
    offset += at(type.shape, dimension);
    const start = type.shape.map((_, d) => (d === dimension ? from : 0));
    const limit = type.shape.map((size, d) => (d === dimension ? from + size : size));
    return needs(i) ? builder.slice(cotangent, start, limit) : undefined;
  });
});

// zeros around and between
export const slice = oneResult<"slice">(({ builder, op, cotangent }) => {
  const { start, strides } = op.attributes;
  const sizes = operandOf(op, 0).type.shape;
  const covered = cotangent.type.shape.map((count, d) =>
    count === 0 ? 0 : (count - 1) * at(strides, d) + 1,
  );
  const high = sizes.map((size, d) => size - at(start, d) - at(covered, d));
  const interior = strides.map((stride) => stride - 1);
  return [builder.pad(cotangent, builder.scalar(0), start, high, interior)];
});

// to the operand what lies on its places; to the padding value all the rest
export const pad = oneResult<"pad">(({ builder: b, op, cotangent, needs }) => {
  const { low, high, interior } = op.attributes;
  const cropped = b.pad(
    cotangent,
    b.scalar(0),
    low.map((n) => 0 - n),
    high.map((n) => 0 - n),
  );
  const toOperand = b.slice(
    cropped,
    low.map(() => 0),
    cropped.type.shape,
    interior.map((n) => n + 1),
  );
  return [toOperand, needs(1) ? b.subtract(b.sum(cotangent), b.sum(toOperand)) : undefined];
});

export const reverse = oneResult<"reverse">(({ builder, op, cotangent }) => [
  builder.reverse(cotangent, op.attributes.dimensions),
]);
