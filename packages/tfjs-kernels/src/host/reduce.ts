// Host kernel of reduce: for each result element one accumulator that takes the operand's elements in
// row-major order, as the IR defines.

import { type ElementType, type ReduceKind, reduction } from "@netwright/ir";
import type { HostBody } from "../device/device.ts";
import { stridesOf } from "./strided-copy.ts";

export function reduceBody(
  kind: ReduceKind,
  dtype: ElementType,
  shape: readonly number[],
  dimensions: readonly number[],
): HostBody {
  const { identity, combine } = reduction(kind, dtype);
  const kept = shape.map((_, d) => d).filter((d) => !dimensions.includes(d));
  const keptStrides = stridesOf(kept.map((d) => shape[d] ?? 0));
  // For each dimension the size and the strides of operand and result.
  const walk = stridesOf(shape).map((stride, d) => ({
    size: shape[d] ?? 0,
    stride,
    step: dimensions.includes(d) ? 0 : (keptStrides[kept.indexOf(d)] ?? 0),
  }));
  return ([x], [out]) => {
    if (x === undefined || out === undefined) return;
    out.fill(identity);
    for (let i = 0; i < x.length; i++) {
      let at = 0;
      for (const { size, stride, step } of walk) at += (Math.floor(i / stride) % size) * step;
      out[at] = combine(out[at] ?? 0, x[i] ?? 0);
    }
  };
}
