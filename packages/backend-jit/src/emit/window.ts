// A box at a place that is known only when the program runs: where it begins is worked out once, and then it is
// copied as any other box.

import { at, rowMajorStrides, sizeOf } from "@netwright/ir";
import type { WindowKernel } from "../kernels/window.ts";
import type { Emission } from "./emission.ts";
import { copyBox } from "./move.ts";
import { clamp } from "./rows.ts";

export function emitWindow(emission: Emission, kernel: WindowKernel): void {
  const { fn, address } = emission;
  const { operand, shape, starts, sizes, update, result } = kernel;
  const strides = rowMajorStrides(shape);
  const [from, to, first] = [fn.local("i32"), fn.local("i32"), fn.local("i32")];
  const go = (source: number, target: number): void => void fn.i32(source).set(from).i32(target).set(to);
  if (update !== undefined) {
    go(address(operand), address(result));
    copyBox(emission, from, to, { shape, sourceStrides: strides, targetStrides: strides });
  }
  if (sizeOf(sizes) === 0) return;
  fn.i32(0).set(first);
  starts.forEach((start, d) => {
    fn.scope(() => {
      const index = fn.local("i32");
      fn.i32(0).mem("i32.load", address(start)).set(index);
      clamp(fn, index, at(shape, d) - at(sizes, d));
      fn.get(index)
        .i32(4 * at(strides, d))
        .op("i32.mul")
        .get(first)
        .op("i32.add")
        .set(first);
    });
  });
  const dense = rowMajorStrides(sizes);
  if (update === undefined) {
    go(address(operand), address(result));
    fn.get(from).get(first).op("i32.add").set(from);
    copyBox(emission, from, to, { shape: sizes, sourceStrides: strides, targetStrides: dense });
  } else {
    go(address(update), address(result));
    fn.get(to).get(first).op("i32.add").set(to);
    copyBox(emission, from, to, { shape: sizes, sourceStrides: dense, targetStrides: strides });
  }
}
