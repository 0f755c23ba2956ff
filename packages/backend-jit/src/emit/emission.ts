// What everything that emits a kernel works with.

import type { BufferId } from "../kernels/rule.ts";
import type { FunctionBuilder, Local } from "../wasm/function-builder.ts";
import type { ConstantPool } from "./constant-pool.ts";
import type { GemmEngine, Packing } from "./gemm/index.ts";
import type { Helpers } from "./helpers.ts";
import type { SimdLanes } from "./lanes.ts";
import type { Part } from "./part.ts";
import type { ProductSum } from "./product-sum.ts";
import type { Strip } from "./strips.ts";

export interface Emission {
  readonly fn: FunctionBuilder;
  readonly constants: ConstantPool;
  readonly lanes: SimdLanes;
  readonly helpers: Helpers;
  readonly packing: Packing;
  readonly engine: GemmEngine;
  readonly productSum: ProductSum;
  /** Where a buffer lies. */
  readonly address: (buffer: BufferId) => number;
  /** Those of the kernel's code, as they are to be written: what they are is put in later. */
  readonly numbers: readonly number[];
  /** Working memory of the kernel: of the first thread, where several share it. */
  readonly scratch: number;
  /** Undefined where one thread does everything. */
  readonly part: Part | undefined;
  /** Set for a kernel that is one of several over the same rows. */
  readonly strip?: Strip;
  /** Which element it is, in a kernel that is in the steps of a loop. */
  readonly index: Local | undefined;
  /** Of a loop. */
  readonly inner: InnerCalls | undefined;
}

/** What calls the kernels of a loop. */
export interface InnerCalls {
  readonly before: readonly (() => void)[];
  readonly body: readonly ((index: Local) => void)[];
}

/** Runs `body` with `counter` from `from` up to below `to`; nothing where that is no step, no loop where it is one. */
export function repeat(
  fn: FunctionBuilder,
  counter: Local,
  from: number,
  to: number,
  step: number,
  body: () => void,
): void {
  if (from >= to) return;
  fn.i32(from).set(counter);
  if (from + step >= to) {
    body();
    return;
  }
  fn.loop((again) => {
    body();
    fn.get(counter).i32(step).op("i32.add").tee(counter).i32(to).op("i32.lt_u").brIf(again);
  });
}

/** The same between two locals. */
export function repeatBetween(
  fn: FunctionBuilder,
  counter: Local,
  from: Local,
  to: Local,
  step: number,
  body: () => void,
): void {
  fn.get(from).set(counter);
  fn.block((done) => {
    fn.loop((again) => {
      fn.get(counter).get(to).op("i32.ge_u").brIf(done);
      body();
      fn.get(counter).i32(step).op("i32.add").set(counter).br(again);
    });
  });
}

/** In a loop over units: `last` for the last of all, where it differs and there is one, else `other`. */
export function lastOrOther(
  fn: FunctionBuilder,
  unit: Local,
  units: number,
  last: (() => void) | undefined,
  other: () => void,
): void {
  if (last === undefined) other();
  else if (units === 1) last();
  else
    fn.get(unit)
      .i32(units - 1)
      .op("i32.eq")
      .ifElse(last, other);
}

/** Stores the first `width` lanes. */
export function storeLanes(
  fn: FunctionBuilder,
  pointer: Local,
  value: Local,
  offset: number,
  width: number,
): void {
  if (width >= 4) {
    fn.get(pointer).get(value).mem("v128.store", offset, pointer);
    return;
  }
  for (let lane = 0; lane < width; lane++) {
    fn.get(pointer)
      .get(value)
      .memLane("v128.store32_lane", offset + 4 * lane, lane, pointer);
  }
}
