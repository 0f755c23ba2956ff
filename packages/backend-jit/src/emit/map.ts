// A kernel of elementwise operations alone: row by row, four elements at a time.

import type { BufferId, MapKernel, PointwiseBody } from "../plan/kernel.ts";
import type { Local } from "../wasm/function-builder.ts";
import { type Emission, repeat } from "./emission.ts";
import { emitBody, loadScalars } from "./pointwise.ts";

export function emitMap(emission: Emission, { body }: MapKernel): void {
  emitMapOf(emission, body, () => new Map());
}

/** `given` makes what the body finds in registers, from the local with the byte offset of its elements. */
export function emitMapOf(
  emission: Emission,
  body: PointwiseBody,
  given: (flat: Local) => Map<BufferId, Local>,
): void {
  const { fn } = emission;
  const scalars = loadScalars(emission, body);
  const [row, column, flat] = [fn.local("i32"), fn.local("i32"), fn.local("i32")];
  const { rows, columns } = body;
  const whole = columns - (columns % 4);
  const vector = (width: number): void => {
    fn.scope(() => {
      const cursor = { flat, flatOffset: 0, column, columnOffset: 0, row, rowOffset: 0, width };
      emitBody(emission, body, scalars, cursor, given(flat));
      fn.get(flat)
        .i32(4 * width)
        .op("i32.add")
        .set(flat);
    });
  };
  fn.i32(0).set(flat);
  repeat(fn, row, 0, 4 * rows, 4, () => {
    repeat(fn, column, 0, 4 * whole, 16, () => vector(4));
    if (whole < columns) {
      fn.i32(4 * whole).set(column);
      vector(columns - whole);
    }
  });
}
