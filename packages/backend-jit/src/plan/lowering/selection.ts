// Gradients of maxima of windows: dimensions in front that windows do not slide over number the images.

import { at, type Op, REDUCE_BLOCK, sizeOf } from "@netwright/ir";
import type { Sliding } from "../../kernels/selection.ts";
import { type LoweringRule, operandOf, resultOf } from "./rule.ts";

/** Longer sums than one block have another order, and without dimensions there is nothing to add. */
export function isSelection({ attributes: { sizes } }: Op<"select_and_scatter">): boolean {
  return sizes.length > 0 && sizeOf(sizes) <= REDUCE_BLOCK;
}

export const selectAndScatter: LoweringRule<"select_and_scatter"> = (context, op) => {
  const { kind, sizes, strides, low } = op.attributes;
  const [x, source] = [operandOf(op, 0), operandOf(op, 1)];
  const all = sizes.map(
    (size, d): Sliding => ({
      length: at(x.type.shape, d),
      size,
      stride: at(strides, d),
      low: at(low, d),
      places: at(source.type.shape, d),
    }),
  );
  const first = all.findIndex(
    ({ length, size, stride, low: before, places }) =>
      size !== 1 || stride !== 1 || before !== 0 || places !== length,
  );
  const count = first < 0 ? all.length : first;
  context.grouping.addKernel({
    kind: "selection",
    choice: kind,
    images: sizeOf(all.slice(0, count).map(({ length }) => length)),
    dimensions: all.slice(count),
    operand: context.source(x).buffer,
    source: context.source(source).buffer,
    result: context.define(resultOf(op)),
  });
};
