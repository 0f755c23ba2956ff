// Operations that move elements without computing. Each says with strides and a start where the elements
// of a box lie in the operand, or where they go in the result.

import { at, offsetOf, offsetsOf, rowMajorStrides, type ViewName, views } from "@netwright/ir";
import { elementAt, onlyType, operandAt, type Tensor, zeros } from "../tensor.ts";
import type { Kernel } from "./kernel.ts";

/** result[i] = x[source[i]] */
function gather(x: Tensor, source: Int32Array, result: Tensor): readonly Tensor[] {
  for (let i = 0; i < source.length; i++) result.data[i] = elementAt(x.data, elementAt(source, i));
  return [result];
}

/** The same data under another shape. */
export const reshape: Kernel<"reshape"> = (operands, _, results) => [
  { type: onlyType(results), data: operandAt(operands, 0).data },
];

/** Each element of the result is one of the operand. */
function viewed<K extends ViewName>(name: K): Kernel<K> {
  return (operands, attributes, results) => {
    const x = operandAt(operands, 0);
    const type = onlyType(results);
    const { strides, start } = views[name](attributes, x.type.shape);
    return gather(x, offsetsOf(type.shape, strides, start), zeros(type));
  };
}

export const broadcastInDim = viewed("broadcast_in_dim");
export const transpose = viewed("transpose");
export const slice = viewed("slice");
export const reverse = viewed("reverse");

export const concatenate: Kernel<"concatenate"> = (operands, { dimension }, results) => {
  const result = zeros(onlyType(results));
  const strides = rowMajorStrides(result.type.shape);
  let position = 0;
  for (const x of operands) {
    const target = offsetsOf(x.type.shape, strides, position * at(strides, dimension));
    for (let i = 0; i < target.length; i++) result.data[elementAt(target, i)] = elementAt(x.data, i);
    position += at(x.type.shape, dimension);
  }
  return [result];
};

/** Operand index i goes to low + i * (interior + 1); with negative low or high some fall outside and are dropped. */
export const pad: Kernel<"pad"> = (operands, { low, interior }, results) => {
  const x = operandAt(operands, 0);
  const result = zeros(onlyType(results));
  result.data.fill(elementAt(operandAt(operands, 1).data, 0));

  const resultShape = result.type.shape;
  const step = interior.map((between) => between + 1);
  const first = low.map((before, d) => Math.max(0, Math.ceil(-before / at(step, d))));
  const kept = x.type.shape.map((size, d) => {
    const end = Math.floor((at(resultShape, d) - 1 - at(low, d)) / at(step, d)) + 1;
    return Math.max(0, Math.min(size, end) - at(first, d));
  });

  const operandStrides = rowMajorStrides(x.type.shape);
  const resultStrides = rowMajorStrides(resultShape);
  const firstTarget = first.map((i, d) => at(low, d) + i * at(step, d));
  const source = offsetsOf(kept, operandStrides, offsetOf(first, operandStrides));
  const target = offsetsOf(
    kept,
    resultStrides.map((stride, d) => stride * at(step, d)),
    offsetOf(firstTarget, resultStrides),
  );
  for (let i = 0; i < source.length; i++)
    result.data[elementAt(target, i)] = elementAt(x.data, elementAt(source, i));
  return [result];
};
