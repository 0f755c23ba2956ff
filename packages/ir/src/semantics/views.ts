// Operations whose results are elements of the operand at other places: where each lies, said with strides.

import { at } from "@netwright/definitions";
import type { Op } from "../core/program.ts";
import type { Attributes, OpName } from "../ops/table.ts";
import { offsetOf, rowMajorStrides } from "./offsets.ts";

export type ViewName = "reshape" | "transpose" | "broadcast_in_dim" | "slice" | "reverse";

/** Element (c0, c1, ...) of the result is that of the operand at start + c0 * strides[0] + c1 * strides[1] + ... */
export interface View {
  readonly strides: readonly number[];
  readonly start: number;
}

/** Of an operand of a shape. */
type ViewRule<K extends OpName> = (attributes: Attributes[K], operand: readonly number[]) => View;

export const views: { readonly [K in ViewName]: ViewRule<K> } = {
  reshape: ({ shape }) => ({ strides: rowMajorStrides(shape), start: 0 }),
  transpose: ({ permutation }, operand) => {
    const own = rowMajorStrides(operand);
    return { strides: permutation.map((d) => at(own, d)), start: 0 };
  },
  broadcast_in_dim: ({ shape, dimensions }, operand) => {
    const own = rowMajorStrides(operand);
    const strides = shape.map((_, d) => {
      const from = dimensions.indexOf(d);
      return from < 0 || at(operand, from) === 1 ? 0 : at(own, from);
    });
    return { strides, start: 0 };
  },
  slice: ({ start, strides }, operand) => {
    const own = rowMajorStrides(operand);
    return { strides: own.map((stride, d) => stride * at(strides, d)), start: offsetOf(start, own) };
  },
  reverse: ({ dimensions }, operand) => {
    const own = rowMajorStrides(operand);
    const last = operand.map((size, d) => (dimensions.includes(d) ? size - 1 : 0));
    const strides = own.map((stride, d) => (dimensions.includes(d) ? -stride : stride));
    return { strides, start: offsetOf(last, own) };
  },
};

/** Undefined for an operation that computes, or has its elements from several operands. */
export function viewOf<K extends OpName>({ name, attributes, operands: [x] }: Op<K>): View | undefined {
  const all: { readonly [N in OpName]?: ViewRule<N> } = views;
  return x && all[name]?.(attributes, x.type.shape);
}
