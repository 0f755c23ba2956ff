// Rows copied from where an index says, or to there.

import type { GatherKernel } from "../kernels/gather.ts";
import type { FunctionBuilder, Local } from "../wasm/function-builder.ts";
import { type Emission, repeat, repeatBetween, storeLanes } from "./emission.ts";
import { partRange } from "./part.ts";

export function emitGather(emission: Emission, kernel: GatherKernel): void {
  const { fn, address, part } = emission;
  const { source, rows, width, indices, count, result } = kernel;
  if (count * width === 0) return;
  const [i, index, from, to] = [fn.local("i32"), fn.local("i32"), fn.local("i32"), fn.local("i32")];
  const row = (): void => {
    fn.get(i).i32(4).op("i32.mul").mem("i32.load", address(indices)).set(index);
    clamp(fn, index, rows - 1);
    rowAddress(fn, address(source), index, width);
    fn.set(from);
    rowAddress(fn, address(result), i, width);
    fn.set(to);
    copyRow(fn, from, to, width);
  };
  if (part === undefined) {
    repeat(fn, i, 0, count, 1, row);
    return;
  }
  const range = partRange(fn, part);
  repeatBetween(fn, i, range.from, range.to, 1, row);
}

/** The local within 0 and `most`. */
export function clamp(fn: FunctionBuilder, index: Local, most: number): void {
  fn.i32(0).get(index).get(index).i32(0).op("i32.lt_s").select("i32").set(index);
  fn.i32(most).get(index).get(index).i32(most).op("i32.gt_s").select("i32").set(index);
}

/** Leaves on the stack where the row of an array begins. */
export function rowAddress(fn: FunctionBuilder, array: number, index: Local, width: number): void {
  fn.get(index)
    .i32(4 * width)
    .op("i32.mul")
    .i32(array)
    .op("i32.add");
}

/** Copies elements of 32 bits; both pointers move behind them. */
function copyRow(fn: FunctionBuilder, from: Local, to: Local, width: number): void {
  fn.scope(() => {
    const [count, value] = [fn.local("i32"), fn.local("v128")];
    const some = (lanes: number): void => {
      fn.get(from).mem("v128.load").set(value);
      storeLanes(fn, to, value, 0, lanes);
      for (const pointer of [from, to]) {
        fn.get(pointer)
          .i32(4 * lanes)
          .op("i32.add")
          .set(pointer);
      }
    };
    repeat(fn, count, 0, Math.floor(width / 4), 1, () => some(4));
    if (width % 4 > 0) some(width % 4);
  });
}
