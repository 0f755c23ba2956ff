// Loops over kernels, and the copies by which elements of sequences come into a step and out of it.

import type { ElementKernel } from "../kernels/element.ts";
import type { LoopKernel } from "../kernels/loop.ts";
import type { Emission } from "./emission.ts";
import { partRange } from "./part.ts";

export function emitLoop({ fn, inner }: Emission, { length, backwards }: LoopKernel): void {
  if (inner === undefined) throw new Error("a loop has kernels");
  for (const call of inner.before) call();
  if (length === 0) return;
  const index = fn.local("i32");
  fn.i32(backwards ? length - 1 : 0).set(index);
  fn.loop((again) => {
    for (const call of inner.body) call(index);
    fn.get(index)
      .i32(backwards ? -1 : 1)
      .op("i32.add")
      .tee(index);
    if (backwards) fn.i32(0).op("i32.ge_s");
    else fn.i32(length).op("i32.lt_s");
    fn.brIf(again);
  });
}

export function emitElement({ fn, address, part, index }: Emission, kernel: ElementKernel): void {
  const { way, sequence, element, size } = kernel;
  if (index === undefined) throw new Error("an element has an index");
  const range = part === undefined ? undefined : partRange(fn, part, part.share.size, size);
  const push = (buffer: number): void => {
    fn.i32(address(buffer));
    if (range !== undefined) fn.get(range.from).i32(4).op("i32.mul").op("i32.add");
    if (buffer === sequence)
      fn.get(index)
        .i32(4 * size)
        .op("i32.mul")
        .op("i32.add");
  };
  const [from, to] = way === "take" ? [sequence, element] : [element, sequence];
  push(to);
  push(from);
  if (range === undefined) fn.i32(4 * size);
  else fn.get(range.to).get(range.from).op("i32.sub").i32(4).op("i32.mul");
  fn.memoryCopy();
}
