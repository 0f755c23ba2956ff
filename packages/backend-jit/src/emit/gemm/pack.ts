// Packing: copies lines of a strided operand into a panel [inner][width], so that the product's inner loop reads
// memory in order. Where the source lies along the contracted index, 4x4 blocks are transposed in registers.

import type { FunctionBuilder, Local } from "../../wasm/function-builder.ts";
import { type Axis, axisOffset, isContiguous } from "./address.ts";
import { emitTranspose } from "./transpose.ts";

export interface PackSpec {
  /** Numbers in a line of the panel: a multiple of 4. */
  readonly width: number;
  /** How many of them the source has; the rest of a vector that has some is 0, further vectors are not written. */
  readonly valid: number;
  readonly inner: number;
  readonly source: { readonly free: Axis; readonly inner: Axis };
}

/** One vector of the panel, lane by lane, left on the stack. */
function gather(
  fn: FunctionBuilder,
  pointer: Local,
  free: Axis,
  first: number,
  lanes: number,
  offset: number,
) {
  fn.scope(() => {
    const vector = fn.local("v128");
    fn.get(pointer)
      .mem("v128.load32_zero", offset + axisOffset(free, first))
      .set(vector);
    for (let lane = 1; lane < lanes; lane++) {
      fn.get(pointer).get(vector);
      fn.memLane("v128.load32_lane", offset + axisOffset(free, first + lane), lane).set(vector);
    }
    fn.get(vector);
  });
}

/** Packs contracted indices `from` (a constant below the loop's step) to `from + count` at the pointers. */
function packSteps(fn: FunctionBuilder, spec: PackSpec, from: Local, to: Local, count: number): void {
  const { width, valid, source } = spec;
  for (let first = 0; first < valid; first += 4) {
    const lanes = Math.min(4, valid - first);
    if (count === 4 && lanes === 4 && isContiguous(source.inner) && !isContiguous(source.free)) {
      fn.scope(() => {
        const block = fn.locals("v128", 4);
        block.forEach((vector, lane) => {
          fn.get(from)
            .mem("v128.load", axisOffset(source.free, first + lane))
            .set(vector);
        });
        emitTranspose(fn, block);
        block.forEach((vector, k) => {
          fn.get(to)
            .get(vector)
            .mem("v128.store", 4 * (k * width + first));
        });
      });
      continue;
    }
    for (let k = 0; k < count; k++) {
      const offset = axisOffset(source.inner, k);
      fn.get(to);
      if (lanes === 4 && isContiguous(source.free)) {
        fn.get(from).mem("v128.load", offset + axisOffset(source.free, first));
      } else {
        gather(fn, from, source.free, first, lanes, offset);
      }
      fn.mem("v128.store", 4 * (k * width + first));
    }
  }
}

/** Packs one panel. `from` points to the source's first element, `to` to the panel; both are changed. */
export function emitPack(fn: FunctionBuilder, spec: PackSpec, from: Local, to: Local): void {
  const { blocks, inner } = spec.source.inner;
  const step = blocks?.size ?? 4;
  const advance = blocks?.outer ?? step * inner;
  const whole = Math.floor(spec.inner / step);
  if (whole > 0) {
    fn.scope(() => {
      const end = fn.local("i32");
      fn.get(to)
        .i32(whole * step * spec.width * 4)
        .op("i32.add")
        .set(end);
      fn.loop((again) => {
        packSteps(fn, spec, from, to, step);
        fn.get(from).i32(advance).op("i32.add").set(from);
        fn.get(to)
          .i32(step * spec.width * 4)
          .op("i32.add")
          .tee(to);
        fn.get(end).op("i32.ne").brIf(again);
      });
    });
  }
  packSteps(fn, spec, from, to, spec.inner - whole * step);
}
