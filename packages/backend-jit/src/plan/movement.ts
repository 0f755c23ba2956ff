// Operations that move elements without computing, as boxes of strided copies.

import { type Attributes, at, offsetOf, rowMajorStrides, type TensorType, tensor } from "@netwright/ir";
import type { MovedBox } from "../kernels/move.ts";
import type { BufferId } from "../kernels/rule.ts";

export interface Source {
  readonly buffer: BufferId;
  readonly type: TensorType;
}

/** All of `shape`, written densely from the start of the result. */
export function gatherBox(
  source: BufferId,
  shape: readonly number[],
  sourceStrides: readonly number[],
  sourceStart = 0,
): MovedBox {
  return { source, shape, sourceStart, sourceStrides, targetStart: 0, targetStrides: rowMajorStrides(shape) };
}

export function concatenateBoxes(
  sources: readonly Source[],
  dimension: number,
  result: TensorType,
): MovedBox[] {
  const strides = rowMajorStrides(result.shape);
  let position = 0;
  return sources.map(({ buffer, type }) => {
    const targetStart = position * at(strides, dimension);
    position += at(type.shape, dimension);
    return {
      source: buffer,
      shape: type.shape,
      sourceStart: 0,
      sourceStrides: rowMajorStrides(type.shape),
      targetStart,
      targetStrides: strides,
    };
  });
}

/** The type with so many elements around and between those of another. */
export function dilatedType(
  { dtype, shape }: TensorType,
  { low, high, interior }: Attributes["pad"],
): TensorType {
  const sizes = shape.map(
    (size, d) => at(low, d) + size + Math.max(0, size - 1) * at(interior, d) + at(high, d),
  );
  return tensor(dtype, sizes);
}

/** Operand index i goes to low + i * (interior + 1); with negative low or high some fall outside. */
export function padBox(
  { buffer, type }: Source,
  { low, interior }: Pick<Attributes["pad"], "low" | "interior">,
  result: TensorType,
): MovedBox {
  const step = interior.map((between) => between + 1);
  const first = low.map((before, d) => Math.max(0, Math.ceil(-before / at(step, d))));
  const kept = type.shape.map((size, d) => {
    const end = Math.floor((at(result.shape, d) - 1 - at(low, d)) / at(step, d)) + 1;
    return Math.max(0, Math.min(size, end) - at(first, d));
  });
  const operandStrides = rowMajorStrides(type.shape);
  const resultStrides = rowMajorStrides(result.shape);
  const firstTarget = first.map((i, d) => at(low, d) + i * at(step, d));
  return {
    source: buffer,
    shape: kept,
    sourceStart: offsetOf(first, operandStrides),
    sourceStrides: operandStrides,
    targetStart: offsetOf(firstTarget, resultStrides),
    targetStrides: resultStrides.map((stride, d) => stride * at(step, d)),
  };
}
