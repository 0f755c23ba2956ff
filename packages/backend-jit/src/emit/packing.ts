// Copies operands of a contraction so that what a register tile reads lies side by side.

import { STRIP_ROWS } from "../plan/tiling.ts";
import type { Local } from "../wasm/function-builder.ts";
import { type Emission, repeat } from "./emission.ts";
import { transposed } from "./random.ts";

/** Strides in bytes along the index that gets contiguous and along the contracted one. */
export interface PackedOperand {
  readonly free: number;
  readonly inner: number;
}

/** `lanes` vectors of four neighbours along the free index, for all `inner`: to [inner][4 * vectors]. */
function packStrip(
  emission: Emission,
  { free, inner }: PackedOperand,
  source: Local,
  target: Local,
  count: number,
  width: number,
): void {
  const vectors = Math.ceil(width / 4);
  if (free !== 4 && inner === 4) {
    packTransposed(emission, free, source, target, count, width);
    return;
  }
  const { fn } = emission;
  fn.scope(() => {
    const [k, from, to, value] = [fn.local("i32"), fn.local("i32"), fn.local("i32"), fn.local("v128")];
    fn.get(source).set(from).get(target).set(to);
    repeat(fn, k, 0, count, 1, () => {
      for (let v = 0; v < vectors; v++) {
        if (free === 4)
          fn.get(from)
            .mem("v128.load", 16 * v)
            .set(value);
        else {
          for (let lane = 0; lane < Math.min(4, width - 4 * v); lane++) {
            fn.get(from)
              .get(value)
              .memLane("v128.load32_lane", (4 * v + lane) * free, lane)
              .set(value);
          }
        }
        fn.get(to)
          .get(value)
          .mem("v128.store", 16 * v);
      }
      fn.get(from).i32(inner).op("i32.add").set(from);
      fn.get(to)
        .i32(16 * vectors)
        .op("i32.add")
        .set(to);
    });
  });
}

/** The contracted index is contiguous: blocks of 4 x 4 are transposed in registers. */
function packTransposed(
  emission: Emission,
  free: number,
  source: Local,
  target: Local,
  count: number,
  width: number,
): void {
  const { fn } = emission;
  const vectors = Math.ceil(width / 4);
  const block = (steps: number): void => {
    fn.scope(() => {
      for (let v = 0; v < vectors; v++) {
        const rows = Array.from({ length: 4 }, (_, lane) => {
          const row = fn.local("v128");
          // Behind the last one the first is read once more: nobody looks at the result.
          const index = 4 * v + lane < width ? 4 * v + lane : 0;
          fn.get(from)
            .mem("v128.load", index * free)
            .set(row);
          return row;
        });
        transposed(emission, rows).forEach((column, k) => {
          if (k < steps)
            fn.get(to)
              .get(column)
              .mem("v128.store", 16 * (k * vectors + v));
        });
      }
      fn.get(from).i32(16).op("i32.add").set(from);
      fn.get(to)
        .i32(64 * vectors)
        .op("i32.add")
        .set(to);
    });
  };
  const [k, from, to] = [fn.local("i32"), fn.local("i32"), fn.local("i32")];
  fn.get(source).set(from).get(target).set(to);
  repeat(fn, k, 0, Math.floor(count / 4), 1, () => block(4));
  if (count % 4 > 0) block(count % 4);
}

/** One panel of `width` columns, to [inner][4 or 8]. */
export function packPanel(
  emission: Emission,
  operand: PackedOperand,
  source: Local,
  target: number,
  count: number,
  width: number,
): void {
  const { fn } = emission;
  fn.scope(() => {
    const to = fn.local("i32");
    fn.i32(target).set(to);
    packStrip(emission, operand, source, to, count, width);
  });
}

/** All rows of the left operand, to [rows / 4][inner][4]. */
export function packRows(
  emission: Emission,
  operand: PackedOperand,
  source: Local,
  target: number,
  count: number,
  rows: number,
): void {
  const { fn } = emission;
  fn.scope(() => {
    const [tile, from, to] = [fn.local("i32"), fn.local("i32"), fn.local("i32")];
    fn.get(source).set(from).i32(target).set(to);
    const strip = (width: number): void => {
      packStrip(emission, operand, from, to, count, width);
      fn.get(from)
        .i32(STRIP_ROWS * operand.free)
        .op("i32.add")
        .set(from);
      fn.get(to)
        .i32(4 * STRIP_ROWS * count)
        .op("i32.add")
        .set(to);
    };
    repeat(fn, tile, 0, Math.floor(rows / STRIP_ROWS), 1, () => strip(STRIP_ROWS));
    if (rows % STRIP_ROWS > 0) strip(rows % STRIP_ROWS);
  });
}
