// Reductions in the order that the IR prescribes: for each result one accumulator that takes its elements in
// row-major order. Vectors run over neighbouring results, never over the elements of one sum.

import { reduction } from "@netwright/ir";
import type { ReduceKernel } from "../plan/kernel.ts";
import { type ReduceLoop, reduceLoops } from "../plan/reduce-loops.ts";
import { LINE } from "../threads/share.ts";
import type { Local } from "../wasm/function-builder.ts";
import { combine, constantLanes } from "./elementwise.ts";
import { type Emission, lastOrOther, repeat, repeatBetween, storeLanes } from "./emission.ts";
import { partRange } from "./part.ts";

const NAMES = { sum: "add", product: "multiply", max: "maximum", min: "minimum" } as const;

export function emitReduce(emission: Emission, kernel: ReduceKernel): void {
  const { fn, address, part } = emission;
  const { outer, reduced, inner } = reduceLoops(kernel);
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
  const nested = (dimensions: readonly ReduceLoop[], from: Local, body: (pointer: Local) => void): void => {
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
  // Vectors side by side: their additions do not wait for one another, and a cache line is used whole.
  const block = part?.share.by === "columns" ? part.share.size : LINE;
  const counter = fn.local("i32");
  const whole = Math.floor(inner / block);
  const rest = inner - whole * block;
  const allBlocks = (pointer: Local): void => {
    fn.get(pointer).set(base);
    repeat(fn, counter, 0, whole, 1, () => results(block));
    if (rest > 0) results(rest);
  };
  if (part === undefined) {
    nested(outer, zero, allBlocks);
    return;
  }
  const { from, to } = partRange(fn, part);
  const [first, ...others] = outer;
  if (part.share.by === "rows" && first !== undefined) {
    const [row, pointer] = [fn.local("i32"), fn.local("i32")];
    const resultBytes = 4 * inner * others.reduce((size, each) => size * each.size, 1);
    fn.get(from).i32(resultBytes).op("i32.mul").set(target);
    repeatBetween(fn, row, from, to, 1, () => {
      fn.get(row).i32(first.bytes).op("i32.mul").set(pointer);
      nested(others, pointer, allBlocks);
    });
    return;
  }
  fn.get(from)
    .i32(4 * block)
    .op("i32.mul")
    .tee(base)
    .set(target);
  repeatBetween(fn, counter, from, to, 1, () => {
    lastOrOther(fn, counter, part.share.units, rest === 0 ? undefined : () => results(rest), () =>
      results(block),
    );
  });
}
