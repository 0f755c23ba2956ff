// Host kernel of pad, with negative amounts (which remove elements) and padding between neighbours.

import { type Attributes, at, rowMajorStrides } from "@netwright/ir";
import type { HostBody } from "../device/device.ts";
import { stridedCopy } from "./strided-copy.ts";

/** Inputs: operand, padding value. */
export function padBody(
  shape: readonly number[],
  result: readonly number[],
  { low, interior }: Attributes["pad"],
): HostBody {
  const [own, target] = [rowMajorStrides(shape), rowMajorStrides(result)];
  // In each dimension operand index i lands on low + i * (interior + 1); the range that stays inside.
  const spans = shape.map((size, d) => {
    const [offset, step] = [at(low, d), at(interior, d) + 1];
    const first = Math.max(0, Math.ceil(-offset / step));
    const last = Math.min(size - 1, Math.floor((at(result, d) - 1 - offset) / step));
    return { first, count: Math.max(0, last - first + 1), lands: offset + first * step, step };
  });
  const copy = stridedCopy(
    spans.map(({ count }) => count),
    { offset: spans.reduce((sum, { first }, d) => sum + first * at(own, d), 0), strides: own },
    {
      offset: spans.reduce((sum, { lands }, d) => sum + lands * at(target, d), 0),
      strides: spans.map(({ step }, d) => step * at(target, d)),
    },
  );
  return ([x, padding], [out]) => {
    if (x === undefined || padding === undefined || out === undefined) return;
    out.fill(at(padding, 0));
    copy([x], [out]);
  };
}
