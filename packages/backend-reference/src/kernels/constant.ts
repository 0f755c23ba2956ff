// constant and iota.

import { offsetsOf } from "@netwright/ir";
import { onlyType, tensorOf, zeros } from "../tensor.ts";
import type { Kernel } from "./kernel.ts";

export const constant: Kernel<"constant"> = (_, { type, values }) => {
  const [first = 0] = values;
  if (values.length !== 1) return [tensorOf(type, values)];
  const result = zeros(type);
  result.data.fill(first);
  return [result];
};

/** The index along `dimension` is the offset of an element when only that dimension has a stride, of 1. */
export const iota: Kernel<"iota"> = (_, { dimension }, results) => {
  const type = onlyType(results);
  const strides = type.shape.map((_, d) => (d === dimension ? 1 : 0));
  return [tensorOf(type, offsetsOf(type.shape, strides))];
};
