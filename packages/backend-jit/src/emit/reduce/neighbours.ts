// A reduction whose results are neighbours when their elements are: four of them in a vector. A result without
// neighbours is in all four lanes.

import { at, REDUCE_BLOCK } from "@netwright/ir";
import type { ReduceKernel } from "../../kernels/reduce.ts";
import { elementsOf, type ReduceLoop, type ReduceLoops } from "../../plan/reduce-loops.ts";
import { LINE } from "../../threads/share.ts";
import type { Local } from "../../wasm/function-builder.ts";
import { type Emission, lastOrOther, repeat, repeatBetween, storeLanes } from "../emission.ts";
import { partRange } from "../part.ts";
import { isInBlocks, stepsOf } from "./steps.ts";

export function emitNeighbours(emission: Emission, kernel: ReduceKernel, loops: ReduceLoops): void {
  const { fn, address, part } = emission;
  const { outer, reduced, inner } = loops;
  const { reset, take } = stepsOf(emission, kernel);
  const source = address(kernel.operand);
  const base = fn.local("i32");
  const target = fn.local("i32");
  const elements = elementsOf(reduced);

  /** `width` neighbouring results from `base` on. */
  const results = (width: number): void => {
    fn.scope(() => {
      const vectors = Array.from({ length: Math.ceil(width / 4) }, (_, i) => ({
        sum: fn.local("v128"),
        offset: 16 * i,
        width: Math.min(4, width - 4 * i),
      }));
      const sums = vectors.map(({ sum }) => sum);
      reset(...sums);
      const element = (pointer: Local): void => {
        for (const { sum, offset } of vectors) {
          fn.scope(() => {
            const loaded = fn.local("v128");
            fn.get(pointer)
              .mem(inner === 1 ? "v128.load32_splat" : "v128.load", source + offset)
              .set(loaded);
            take(sum, loaded);
          });
        }
      };
      if (isInBlocks(elements)) {
        const totals = fn.locals("v128", vectors.length);
        reset(...totals);
        inBlocks(element, () => {
          totals.forEach((total, i) => {
            take(total, at(sums, i));
          });
          reset(...sums);
        });
        totals.forEach((total, i) => {
          fn.get(total).set(at(sums, i));
        });
      } else nested(reduced, base, element);
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
      const pointer = fn.local("i32");
      const count = fn.local("i32");
      fn.get(from).set(pointer);
      repeat(fn, count, 0, first.size, 1, () => {
        nested(rest, pointer, body);
        fn.get(pointer).i32(first.bytes).op("i32.add").set(pointer);
      });
    });
  };

  /** `element` for every index of the reduced dimensions, from `base` on, and `close` after each block. */
  const inBlocks = (element: (pointer: Local) => void, close: () => void): void => {
    const [only, ...others] = reduced;
    const rest = elements % REDUCE_BLOCK;
    const count = fn.local("i32");
    if (only !== undefined && others.length === 0) {
      const pointer = fn.local("i32");
      const block = fn.local("i32");
      const some = (size: number): void => {
        repeat(fn, count, 0, size, 1, () => {
          element(pointer);
          fn.get(pointer).i32(only.bytes).op("i32.add").set(pointer);
        });
        close();
      };
      fn.get(base).set(pointer);
      repeat(fn, block, 0, Math.floor(elements / REDUCE_BLOCK), 1, () => some(REDUCE_BLOCK));
      if (rest > 0) some(rest);
      return;
    }
    fn.i32(0).set(count);
    nested(reduced, base, (pointer) => {
      element(pointer);
      fn.get(count).i32(1).op("i32.add").tee(count).i32(REDUCE_BLOCK).op("i32.eq");
      fn.ifElse(() => {
        close();
        fn.i32(0).set(count);
      });
    });
    if (rest > 0) close();
  };

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
    const row = fn.local("i32");
    const pointer = fn.local("i32");
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
