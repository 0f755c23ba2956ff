// Host kernel behind every operation that only moves elements: a walk over a box of indices with a stride
// for each dimension on both sides. Stride 0 repeats, a negative stride reverses.

import { at } from "@netwright/ir";
import type { HostBody } from "../device/device.ts";
import type { Elements } from "../device/storage.ts";

export interface Walk {
  /** Of the element at index 0 in every dimension. */
  readonly offset: number;
  readonly strides: readonly number[];
}

/** Copies the elements of a box of shape `shape` from the first input to the first output. */
export function stridedCopy(shape: readonly number[], from: Walk, to: Walk): HostBody {
  return ([source], [target]) => {
    if (source !== undefined && target !== undefined) walk(shape, from, to, source, target);
  };
}

function walk(shape: readonly number[], from: Walk, to: Walk, source: Elements, target: Elements): void {
  const rank = shape.length;
  if (rank === 0) {
    target[to.offset] = source[from.offset] ?? 0;
    return;
  }
  if (shape.includes(0)) return;
  const last = rank - 1;
  const [count, sourceStep, targetStep] = [at(shape, last), at(from.strides, last), at(to.strides, last)];
  const index = new Array<number>(rank).fill(0);
  let [p, q] = [from.offset, to.offset];
  for (;;) {
    row(source, p, sourceStep, target, q, targetStep, count);
    let d = last - 1;
    for (; d >= 0; d--) {
      const next = (index[d] ?? 0) + 1;
      p += from.strides[d] ?? 0;
      q += to.strides[d] ?? 0;
      if (next < (shape[d] ?? 0)) {
        index[d] = next;
        break;
      }
      p -= next * (from.strides[d] ?? 0);
      q -= next * (to.strides[d] ?? 0);
      index[d] = 0;
    }
    if (d < 0) return;
  }
}

function row(
  source: Elements,
  from: number,
  sourceStep: number,
  target: Elements,
  to: number,
  targetStep: number,
  count: number,
): void {
  if (sourceStep === 1 && targetStep === 1) {
    target.set(source.subarray(from, from + count), to);
    return;
  }
  for (let i = 0; i < count; i++) target[to + i * targetStep] = source[from + i * sourceStep] ?? 0;
}
