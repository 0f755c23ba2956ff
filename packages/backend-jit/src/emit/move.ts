// Copies of strided boxes. The innermost dimension goes four elements at a time where it is contiguous on both
// sides, or one element repeated; otherwise element by element.

import { at } from "@netwright/ir";
import type { MovedBox, MoveKernel } from "../kernels/move.ts";
import type { Local } from "../wasm/function-builder.ts";
import { type Emission, lastOrOther, repeat, repeatBetween, storeLanes } from "./emission.ts";
import { type Part, partRange } from "./part.ts";

interface Dimension {
  readonly size: number;
  /** Bytes for one step. */
  readonly from: number;
  readonly to: number;
}

/** Elements that a thread copies at a time where all follow one another. */
const RUN = 1024;

/** What of a box threads can take: steps of its outermost dimension, or runs of its only one. */
export function moveUnits(box: Box): number {
  const [first, ...rest] = dimensionsOf(box);
  if (first === undefined || box.shape.some((count) => count === 0)) return 0;
  return rest.length > 0 ? first.size : Math.ceil(first.size / RUN);
}

export function emitMove(emission: Emission, { boxes, fill, result, size }: MoveKernel): void {
  const { fn, address, part } = emission;
  const from = fn.local("i32");
  const to = fn.local("i32");
  const target = address(result);
  if (fill !== undefined) {
    fn.i32(address(fill)).set(from).i32(target).set(to);
    emitRun(emission, from, to, { size, from: 0, to: 4 });
  }
  for (const box of boxes) {
    fn.i32(address(box.source) + 4 * box.sourceStart).set(from);
    fn.i32(target + 4 * box.targetStart).set(to);
    if (part === undefined) copyBox(emission, from, to, box);
    else if (part.share.by === "parts") copyEqualPart(emission, part, from, to, box);
    else copyPart(emission, part, from, to, box);
  }
}

/** The thread's part of a box; of one that is too small to be divided the first thread copies all. */
function copyPart(emission: Emission, part: Part, from: Local, to: Local, box: Box): void {
  const { fn } = emission;
  const units = moveUnits(box);
  if (units <= 1) {
    fn.get(part.thread)
      .op("i32.eqz")
      .ifElse(() => copyBox(emission, from, to, box));
    return;
  }
  const range = partRange(fn, { ...part, share: { ...part.share, units } });
  const [first, ...rest] = dimensionsOf(box);
  if (first === undefined) return;
  const each = rest.length > 0 ? 1 : RUN;
  const advance = (pointer: Local, bytes: number, times?: Local): void => {
    fn.get(pointer).i32(bytes);
    if (times !== undefined) fn.get(times).op("i32.mul");
    fn.op("i32.add").set(pointer);
  };
  fn.scope(() => {
    const unit = fn.local("i32");
    const innerFrom = fn.local("i32");
    const innerTo = fn.local("i32");
    const some = (size: number): void =>
      emitBox(emission, innerFrom, innerTo, rest.length > 0 ? rest : [{ ...first, size }]);
    const left = first.size % each;
    advance(from, each * first.from, range.from);
    advance(to, each * first.to, range.from);
    repeatBetween(fn, unit, range.from, range.to, 1, () => {
      fn.get(from).set(innerFrom).get(to).set(innerTo);
      lastOrOther(fn, unit, units, left === 0 ? undefined : () => some(left), () => some(each));
      advance(from, each * first.from);
      advance(to, each * first.to);
    });
  });
}

/** The same steps of the outermost dimension as in all other boxes, by their part of all. */
function copyEqualPart(emission: Emission, part: Part, from: Local, to: Local, box: Box): void {
  const { fn } = emission;
  const [first, ...rest] = dimensionsOf(box);
  if (first === undefined) return;
  const range = partRange(fn, part, first.size / part.share.units);
  const start = (pointer: Local, bytes: number): void => {
    fn.get(range.from).i32(bytes).op("i32.mul").get(pointer).op("i32.add").set(pointer);
  };
  start(from, first.from);
  start(to, first.to);
  if (rest.length === 0) {
    fn.get(to).get(from).get(range.to).get(range.from).op("i32.sub").i32(4).op("i32.mul").memoryCopy();
    return;
  }
  fn.scope(() => {
    const step = fn.local("i32");
    const innerFrom = fn.local("i32");
    const innerTo = fn.local("i32");
    repeatBetween(fn, step, range.from, range.to, 1, () => {
      fn.get(from).set(innerFrom).get(to).set(innerTo);
      emitBox(emission, innerFrom, innerTo, rest);
      fn.get(from).i32(first.from).op("i32.add").set(from);
      fn.get(to).i32(first.to).op("i32.add").set(to);
    });
  });
}

type Box = Pick<MovedBox, "shape" | "sourceStrides" | "targetStrides">;

/** The pointers are at the first elements, and end anywhere. */
export function copyBox(emission: Emission, from: Local, to: Local, box: Box): void {
  if (box.shape.some((count) => count === 0)) return;
  emitBox(emission, from, to, dimensionsOf(box));
}

/** Without those of size 1, and neighbours that are contiguous on both sides as one. */
export function dimensionsOf({ shape, sourceStrides, targetStrides }: Box): Dimension[] {
  const merged: Dimension[] = [];
  shape.forEach((size, d) => {
    if (size === 1) return;
    const dimension = { size, from: 4 * at(sourceStrides, d), to: 4 * at(targetStrides, d) };
    const last = merged.at(-1);
    const isOne =
      last !== undefined && last.from === dimension.from * size && last.to === dimension.to * size;
    if (isOne) merged[merged.length - 1] = { ...dimension, size: size * last.size };
    else merged.push(dimension);
  });
  return merged;
}

function emitBox(emission: Emission, from: Local, to: Local, dimensions: readonly Dimension[]): void {
  const { fn } = emission;
  const [first, ...rest] = dimensions;
  if (first === undefined || rest.length === 0) {
    emitRun(emission, from, to, first ?? { size: 1, from: 4, to: 4 });
    return;
  }
  fn.scope(() => {
    const count = fn.local("i32");
    const innerFrom = fn.local("i32");
    const innerTo = fn.local("i32");
    repeat(fn, count, 0, first.size, 1, () => {
      fn.get(from).set(innerFrom).get(to).set(innerTo);
      emitBox(emission, innerFrom, innerTo, rest);
      fn.get(from).i32(first.from).op("i32.add").set(from);
      fn.get(to).i32(first.to).op("i32.add").set(to);
    });
  });
}

/** One dimension; changes both pointers. */
function emitRun({ fn }: Emission, from: Local, to: Local, run: Dimension): void {
  const advance = (count: number): void => {
    if (run.from !== 0)
      fn.get(from)
        .i32(count * run.from)
        .op("i32.add")
        .set(from);
    fn.get(to)
      .i32(count * run.to)
      .op("i32.add")
      .set(to);
  };
  const isVector = run.to === 4 && (run.from === 4 || run.from === 0);
  fn.scope(() => {
    const count = fn.local("i32");
    if (!isVector) {
      repeat(fn, count, 0, run.size, 1, () => {
        fn.get(to).get(from).mem("i32.load").mem("i32.store");
        advance(1);
      });
      return;
    }
    const value = fn.local("v128");
    const load = (): void => {
      fn.get(from)
        .mem(run.from === 0 ? "v128.load32_splat" : "v128.load")
        .set(value);
    };
    repeat(fn, count, 0, Math.floor(run.size / 4), 1, () => {
      load();
      fn.get(to).get(value).mem("v128.store");
      advance(4);
    });
    const left = run.size % 4;
    if (left === 0) return;
    load();
    storeLanes(fn, to, value, 0, left);
  });
}
