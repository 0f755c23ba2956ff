// The innermost loop of a product: a tile of sums in registers takes one product after the other, the contracted
// index increasing; each product is rounded, then each sum, or both at once where the program says so
// (`product-sum.ts`), so that every element has the bits of the plain order.
//
// The optimizing compiler of older engines moves all loads of a basic block to its front, where they need registers
// at the same time; large tiles would spill. A fence ends the block: a branch that is never taken, but as it would
// leave with the sums, they must be complete before it.

import { at } from "@netwright/ir";
import type { FunctionBuilder, Label, Local } from "../../wasm/function-builder.ts";
import type { ProductSum } from "../product-sum.ts";
import { type Axes, linearBytes } from "./address.ts";

/** Where the number of a line is at contracted index 0. The pointer is changed by the loop; lines may share one. */
export interface LinePlace {
  readonly pointer: Local;
  readonly offset: number;
}

export interface InnerLoopSpec {
  /** That the loop goes along `across`. */
  readonly bytes: number;
  readonly lines: number;
  readonly vectors: number;
  /** Elements of a line that `across` has in memory; beyond them nothing is read. */
  readonly valid: number;
  /** Vectors between two fences, if the engine needs them. */
  readonly fence: number | undefined;
  readonly productSum: ProductSum;
  /** Gives one number for each line. Of one axis, how many steps it has is in `bytes`. */
  readonly along: { readonly places: readonly LinePlace[]; readonly inner: Axes };
  /** Gives the vectors of a line, which lie side by side: the first at contracted index 0, the bytes to the next. */
  readonly across: { readonly pointer: Local; readonly inner: number };
}

function loadAcross(fn: FunctionBuilder, { across, valid }: InnerLoopSpec, v: number): void {
  const lanes = Math.min(4, valid - 4 * v);
  if (lanes === 4) {
    fn.get(across.pointer).mem("v128.load", 16 * v);
    return;
  }
  fn.get(across.pointer).mem("v128.load32_zero", 16 * v);
  for (let lane = 1; lane < lanes; lane++) {
    fn.scope(() => {
      const vector = fn.local("v128");
      fn.set(vector).get(across.pointer).get(vector);
      fn.memLane("v128.load32_lane", 16 * v + 4 * lane, lane);
    });
  }
}

/**
 * One contracted index. `left` is where fences would go. No pointer is odd, as numbers have four bytes, but the
 * compiler does not know; it would drop a condition that it has seen before, so each fence compares with another odd
 * number.
 */
function emitStep(fn: FunctionBuilder, spec: InnerLoopSpec, sums: readonly Local[], left: Label): void {
  const { along, across, lines, vectors, fence, productSum } = spec;
  const splats = fn.locals("v128", lines);
  const vector = fn.local("v128");
  splats.forEach((splat, line) => {
    const { pointer, offset } = at(along.places, line);
    fn.get(pointer).mem("v128.load32_splat", offset).set(splat);
  });
  for (let v = 0; v < vectors; v++) {
    loadAcross(fn, spec, v);
    fn.set(vector);
    splats.forEach((splat, line) => {
      const sum = at(sums, line * vectors + v);
      productSum(
        sum,
        () => fn.get(splat),
        () => fn.get(vector),
      );
      fn.set(sum);
    });
    // The loop's own branch ends the last group.
    if (fence === undefined || v + 1 === vectors || (v + 1) % fence !== 0) continue;
    fn.get(across.pointer)
      .i32(2 * v + 1)
      .op("i32.eq")
      .brIf(left);
  }
}

/** Adds all products to the sums, which hold what they start from. */
export function emitInnerLoop(fn: FunctionBuilder, spec: InnerLoopSpec, sums: readonly Local[]): void {
  const { along, across, bytes } = spec;
  const pointers = [...new Set(along.places.map(({ pointer }) => pointer))];
  const advance = (by: number): void => {
    if (by === 0) return;
    for (const pointer of pointers) fn.get(pointer).i32(by).op("i32.add").set(pointer);
  };
  /** Steps along one axis, while `across` moves on by so many bytes. */
  const run = (step: number, length: number): void =>
    fn.scope(() => {
      const end = fn.local("i32");
      fn.get(across.pointer).i32(length).op("i32.add").set(end);
      fn.block((left) => {
        fn.loop((again) => {
          emitStep(fn, spec, sums, left);
          advance(step);
          fn.get(across.pointer).i32(across.inner).op("i32.add").tee(across.pointer);
          fn.get(end).op("i32.ne").brIf(again);
        });
      });
    });
  const level = (d: number): void => {
    const axis = at(along.inner, d);
    const next = along.inner[d + 1];
    if (next === undefined) {
      run(axis.bytes, axis.size * across.inner);
      return;
    }
    fn.scope(() => {
      const count = fn.local("i32");
      fn.i32(axis.size).set(count);
      fn.loop((again) => {
        level(d + 1);
        advance(axis.bytes - next.size * next.bytes);
        fn.get(count).i32(1).op("i32.sub").tee(count).brIf(again);
      });
    });
  };
  const step = linearBytes(along.inner);
  if (step === undefined) level(0);
  else run(step, bytes);
}
