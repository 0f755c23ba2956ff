// Reductions in the order that the IR prescribes: for each result one accumulator that takes its elements in
// row-major order. Vectors run over neighbouring results, never over the elements of one sum.

import { reduction } from "@netwright/ir";
import type { ReduceKernel } from "../plan/kernel.ts";
import { rowMajorStrides } from "../plan/strides.ts";
import type { Local } from "../wasm/function-builder.ts";
import { combine, constantLanes } from "./elementwise.ts";
import { type Emission, repeat, storeLanes } from "./emission.ts";

const NAMES = { sum: "add", product: "multiply", max: "maximum", min: "minimum" } as const;
/** Vectors side by side: their additions do not wait for one another, and a cache line is used whole. */
const WIDEST = 4;

interface Dimension {
  readonly size: number;
  readonly bytes: number;
  readonly kept: boolean;
}

/** Neighbouring dimensions that are both kept or both reduced, as one. */
function dimensionsOf({ shape, dimensions }: ReduceKernel): Dimension[] {
  const strides = rowMajorStrides(shape);
  const merged: Dimension[] = [];
  shape.forEach((size, d) => {
    const dimension = { size, bytes: 4 * (strides[d] ?? 1), kept: !dimensions.includes(d) };
    const last = merged.at(-1);
    if (size === 1) return;
    if (last !== undefined && last.kept === dimension.kept) {
      merged[merged.length - 1] = { ...dimension, size: last.size * size };
    } else {
      merged.push(dimension);
    }
  });
  return merged;
}

export function emitReduce(emission: Emission, kernel: ReduceKernel): void {
  const { fn, address } = emission;
  const merged = dimensionsOf(kernel);
  const last = merged.at(-1);
  const inner = last?.kept ? last.size : 1;
  const outer = merged.filter((dimension) => dimension.kept && dimension !== last);
  const reduced = merged.filter((dimension) => !dimension.kept);
  const { identity } = reduction(kernel.reduce, kernel.dtype);
  const step = combine(NAMES[kernel.reduce], kernel.dtype);
  const source = address(kernel.operand);
  const [base, target] = [fn.local("i32"), fn.local("i32")];

  /** `width` neighbouring results from `base` on. */
  const results = (width: number): void => {
    fn.scope(() => {
      const vectors = Array.from({ length: Math.ceil(width / 4) }, (_, i) => ({
        sum: fn.local("v128"),
        offset: 16 * i,
        width: Math.min(4, width - 4 * i),
      }));
      const start = constantLanes(emission, kernel.dtype, identity);
      for (const { sum } of vectors) fn.get(start).set(sum);
      nested(reduced, base, (pointer) => {
        for (const { sum, offset } of vectors) {
          fn.scope(() => {
            const element = fn.local("v128");
            fn.get(pointer)
              .mem(inner === 1 ? "v128.load32_splat" : "v128.load", source + offset)
              .set(element);
            fn.get(step(emission, sum, element)).set(sum);
          });
        }
      });
      for (const vector of vectors) {
        storeLanes(fn, target, vector.sum, address(kernel.result) + vector.offset, vector.width);
      }
      fn.get(target)
        .i32(4 * width)
        .op("i32.add")
        .set(target);
      fn.get(base)
        .i32(4 * width)
        .op("i32.add")
        .set(base);
    });
  };

  /** Runs `body` for every index of the dimensions, with the address offset of its element. */
  const nested = (dimensions: readonly Dimension[], from: Local, body: (pointer: Local) => void): void => {
    const [first, ...rest] = dimensions;
    if (first === undefined) {
      body(from);
      return;
    }
    if (first.size === 0) return;
    fn.scope(() => {
      const [pointer, count] = [fn.local("i32"), fn.local("i32")];
      fn.get(from).set(pointer);
      repeat(fn, count, 0, first.size, 1, () => {
        nested(rest, pointer, body);
        fn.get(pointer).i32(first.bytes).op("i32.add").set(pointer);
      });
    });
  };

  if (outer.some(({ size }) => size === 0) || inner === 0) return;
  const zero = fn.local("i32");
  fn.i32(0).set(target).i32(0).set(zero);
  nested(outer, zero, (pointer) => {
    fn.get(pointer).set(base);
    const block = 4 * WIDEST;
    const blocks = Math.floor(inner / block);
    const counter = fn.local("i32");
    repeat(fn, counter, 0, blocks, 1, () => results(block));
    const left = inner - blocks * block;
    if (left > 0) results(left);
  });
}
