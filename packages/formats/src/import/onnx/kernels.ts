// Kernels of convolutions with their channels last.

import { type FloatTensor, transposed } from "../../model/layouts.ts";
import type { Constant } from "./constant.ts";
import { floatsOf } from "./node-context.ts";

/** [out, in, ...window] as [...window, in, out]. */
export function channelsLast(weight: Constant): FloatTensor {
  const directions = weight.shape.length - 2;
  return transposed(floatsOf(weight), [...upTo(directions).map((d) => d + 2), 1, 0]);
}

export function upTo(length: number): readonly number[] {
  return Array.from({ length }, (_, d) => d);
}

export function wrongBias({ data }: Constant, filters: number): string {
  return `has a bias of ${data.length} numbers for ${filters} filters`;
}
