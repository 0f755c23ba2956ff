// The innermost loop of a product: a tile of sums in registers takes one product after the other, the contracted
// index increasing; each product is rounded, then each sum (no fused multiply-add), so that every element has the
// bits of the plain order.
//
// The optimizing compiler of older engines moves all loads of a basic block to its front, where they need registers
// at the same time; large tiles would spill. A fence ends the block: a branch that is never taken, but as it would
// leave with the sums, they must be complete before it.

import type { FunctionBuilder, Label, Local } from "../../wasm/function-builder.ts";
import { type Axis, axisOffset, isContiguous } from "./address.ts";

/** An operand at the tile: the pointer is at contracted index 0 and is changed by the loop. */
export interface TileOperand {
  readonly pointer: Local;
  readonly free: Axis;
  readonly inner: Axis;
}

export interface InnerLoopSpec {
  readonly inner: number;
  readonly lines: number;
  readonly vectors: number;
  /** Elements of a line that `across` has in memory; beyond them nothing is read. */
  readonly valid: number;
  /** Steps of the contracted index for each turn of the loop. */
  readonly unroll: number;
  /** Vectors between two fences, if the engine needs them. */
  readonly fence: number | undefined;
  /** Gives one number for each line. */
  readonly along: TileOperand;
  /** Gives the vectors of a line; contiguous along its free index. */
  readonly across: TileOperand;
}

function loadAcross(fn: FunctionBuilder, { across, valid }: InnerLoopSpec, v: number, offset: number): void {
  const lanes = Math.min(4, valid - 4 * v);
  const at = offset + axisOffset(across.free, 4 * v);
  if (lanes === 4) {
    fn.get(across.pointer).mem("v128.load", at);
    return;
  }
  fn.get(across.pointer).mem("v128.load32_zero", at);
  for (let lane = 1; lane < lanes; lane++) {
    fn.scope(() => {
      const vector = fn.local("v128");
      fn.set(vector).get(across.pointer).get(vector);
      fn.memLane("v128.load32_lane", at + 4 * lane, lane);
    });
  }
}

/**
 * `left` is where fences would go. No pointer is odd, as numbers have four bytes, but the compiler does not know; it
 * would drop a condition that it has seen before, so each fence compares with another odd number.
 */
function emitSteps(
  fn: FunctionBuilder,
  spec: InnerLoopSpec,
  sums: readonly Local[],
  splats: readonly Local[],
  vector: Local,
  count: number,
  left?: Label,
): void {
  const { along, across, vectors, fence } = spec;
  let odd = 1;
  for (let k = 0; k < count; k++) {
    const [alongOffset, acrossOffset] = [axisOffset(along.inner, k), axisOffset(across.inner, k)];
    splats.forEach((splat, line) => {
      fn.get(along.pointer)
        .mem("v128.load32_splat", alongOffset + axisOffset(along.free, line))
        .set(splat);
    });
    for (let v = 0; v < vectors; v++) {
      loadAcross(fn, spec, v, acrossOffset);
      fn.set(vector);
      splats.forEach((splat, line) => {
        const sum = sums[line * vectors + v];
        if (sum === undefined) throw new Error("a tile has one sum for each line and vector");
        fn.get(sum).get(splat).get(vector).op("f32x4.mul").op("f32x4.add").set(sum);
      });
      if (left === undefined || fence === undefined) continue;
      // The loop's own branch ends the last group; a step is a group's end too.
      const last = v + 1 === vectors;
      if (last ? k + 1 === count : (v + 1) % fence !== 0) continue;
      fn.get(across.pointer).i32(odd).op("i32.eq").brIf(left);
      odd += 2;
    }
  }
}

/** Steps that a loop over the axis takes at once, and the bytes they add. */
function stride({ inner, blocks }: Axis, unroll: number): number {
  if (blocks === undefined) return unroll * inner;
  if (blocks.size !== unroll) throw new Error("a blocked contracted index is unrolled block by block");
  return blocks.outer;
}

/** Adds all products to the sums, which hold what they start from. */
export function emitInnerLoop(fn: FunctionBuilder, spec: InnerLoopSpec, sums: readonly Local[]): void {
  const { along, across, inner, unroll } = spec;
  if (!isContiguous(across.free)) throw new Error("vectors are read from a contiguous operand");
  fn.scope(() => {
    const splats = fn.locals("v128", spec.lines);
    const vector = fn.local("v128");
    const turns = Math.floor(inner / unroll);
    if (turns > 0) {
      const [alongStride, acrossStride] = [stride(along.inner, unroll), stride(across.inner, unroll)];
      const end = fn.local("i32");
      fn.get(across.pointer)
        .i32(turns * acrossStride)
        .op("i32.add")
        .set(end);
      fn.block((left) => {
        fn.loop((again) => {
          emitSteps(fn, spec, sums, splats, vector, unroll, left);
          fn.get(along.pointer).i32(alongStride).op("i32.add").set(along.pointer);
          fn.get(across.pointer).i32(acrossStride).op("i32.add").tee(across.pointer);
          fn.get(end).op("i32.ne").brIf(again);
        });
      });
    }
    emitSteps(fn, spec, sums, splats, vector, inner - turns * unroll);
  });
}
