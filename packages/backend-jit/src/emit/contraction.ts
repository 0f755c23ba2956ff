// A contraction with its elementwise body. Every result has one accumulator, which takes its products in
// increasing order of the contracted index, multiplied and added with a rounding each: the order that the IR
// prescribes. Tiles of results stay in registers until the body has run on them.

import type { ContractionKernel } from "../plan/kernel.ts";
import { PANEL_COLUMNS, STRIP_ROWS, TILE_ROWS, type Tiling, tilingOf } from "../plan/tiling.ts";
import type { Local } from "../wasm/function-builder.ts";
import { type Emission, repeat } from "./emission.ts";
import { packPanel, packRows } from "./packing.ts";
import { emitBody, loadScalars, type Scalars } from "./pointwise.ts";

/** Steps of the contracted index between two tests for its end. */
const UNROLL = 1;

interface Loop {
  readonly kernel: ContractionKernel;
  readonly tiling: Tiling;
  readonly scalars: Scalars;
  /** Bytes: start of the batch's operands, and of the current panel. */
  readonly lhs: Local;
  readonly rhs: Local;
  /** Bytes along columns and rows (with the batches before); the start of the tile's left operand. */
  readonly column: Local;
  readonly row: Local;
  readonly left: Local;
}

export function emitContraction(emission: Emission, kernel: ContractionKernel): void {
  const { fn, address, scratch } = emission;
  const { batch, rows, columns, inner, lhs, rhs } = kernel;
  const tiling = tilingOf(kernel);
  const loop: Loop = {
    kernel,
    tiling,
    scalars: loadScalars(emission, kernel.body),
    lhs: fn.local("i32"),
    rhs: fn.local("i32"),
    column: fn.local("i32"),
    row: fn.local("i32"),
    left: fn.local("i32"),
  };
  const [index, firstRow, panel] = [fn.local("i32"), fn.local("i32"), fn.local("i32")];
  fn.i32(address(lhs.buffer)).set(loop.lhs).i32(address(rhs.buffer)).set(panel).i32(0).set(firstRow);
  repeat(fn, index, 0, batch, 1, () => {
    if (tiling.packLhs) {
      const strides = { free: 4 * lhs.free, inner: 4 * lhs.inner };
      packRows(emission, strides, loop.lhs, scratch + tiling.lhsScratch, inner, rows);
    }
    fn.get(panel).set(loop.rhs);
    const whole = columns - (columns % PANEL_COLUMNS);
    const one = (width: number): void => {
      fn.get(firstRow).set(loop.row);
      emitPanel(emission, loop, width);
      fn.get(loop.rhs)
        .i32(4 * PANEL_COLUMNS * rhs.free)
        .op("i32.add")
        .set(loop.rhs);
    };
    repeat(fn, loop.column, 0, 4 * whole, 4 * PANEL_COLUMNS, () => one(PANEL_COLUMNS));
    if (whole < columns) {
      fn.i32(4 * whole).set(loop.column);
      one(columns - whole);
    }
    fn.get(loop.lhs)
      .i32(4 * lhs.batch)
      .op("i32.add")
      .set(loop.lhs);
    fn.get(panel)
      .i32(4 * rhs.batch)
      .op("i32.add")
      .set(panel);
    fn.get(firstRow)
      .i32(4 * rows)
      .op("i32.add")
      .set(firstRow);
  });
}

/** All rows of up to 8 columns. */
function emitPanel(emission: Emission, loop: Loop, width: number): void {
  const { fn, scratch } = emission;
  const { kernel, tiling } = loop;
  const { rows, inner, rhs, lhs } = kernel;
  if (tiling.packRhs) {
    const strides = { free: 4 * rhs.free, inner: 4 * rhs.inner };
    packPanel(emission, strides, loop.rhs, scratch + tiling.rhsScratch, inner, width);
  }
  fn.scope(() => {
    const count = fn.local("i32");
    if (tiling.packLhs) fn.i32(scratch + tiling.lhsScratch).set(loop.left);
    else fn.get(loop.lhs).set(loop.left);
    const tile = (height: number): void => {
      emitTile(emission, loop, height, width);
      fn.get(loop.row)
        .i32(4 * TILE_ROWS)
        .op("i32.add")
        .set(loop.row);
      fn.get(loop.left);
      if (tiling.packLhs) {
        // The second tile of a strip starts 2 numbers behind the first.
        const half = 4 * TILE_ROWS;
        fn.i32(half)
          .i32(4 * STRIP_ROWS * inner - half)
          .get(count)
          .i32(1)
          .op("i32.and")
          .op("i32.eqz");
        fn.select("i32");
      } else fn.i32(4 * TILE_ROWS * lhs.free);
      fn.op("i32.add").set(loop.left);
    };
    repeat(fn, count, 0, Math.floor(rows / TILE_ROWS), 1, () => tile(TILE_ROWS));
    if (rows % TILE_ROWS > 0) tile(rows % TILE_ROWS);
  });
}

/** `height` x `width` results: the sums, then the body on each vector of them. */
function emitTile(emission: Emission, loop: Loop, height: number, width: number): void {
  const { fn, scratch, constants } = emission;
  const { kernel, tiling } = loop;
  const vectors = Math.ceil(width / 4);
  const leftRow = tiling.packLhs ? 4 : 4 * kernel.lhs.free;
  const leftStep = tiling.packLhs ? 4 * STRIP_ROWS : 4 * kernel.lhs.inner;
  const rightStep = tiling.packRhs ? 16 * vectors : 4 * kernel.rhs.inner;
  fn.scope(() => {
    const sums = Array.from({ length: height }, () => fn.locals("v128", vectors));
    const right = fn.locals("v128", vectors);
    const [a, b, end, factor] = [fn.local("i32"), fn.local("i32"), fn.local("i32"), fn.local("v128")];
    const zero = constants.f32(0);
    for (const sum of sums.flat()) fn.get(zero).set(sum);
    fn.get(loop.left).set(a);
    if (tiling.packRhs) fn.i32(scratch + tiling.rhsScratch).set(b);
    else fn.get(loop.rhs).set(b);

    const steps = (count: number): void => {
      // Offsets in instructions are unsigned and below 2^32.
      for (let k = 0; k < count; k++) {
        right.forEach((local, v) => {
          fn.get(b)
            .mem("v128.load", k * rightStep + 16 * v)
            .set(local);
        });
        sums.forEach((row, r) => {
          fn.get(a)
            .mem("v128.load32_splat", k * leftStep + r * leftRow)
            .set(factor);
          row.forEach((sum, v) => {
            const column = right[v];
            if (column === undefined) return;
            fn.get(sum).get(factor).get(column).op("f32x4.mul").op("f32x4.add").set(sum);
          });
        });
      }
      fn.get(a)
        .i32(count * leftStep)
        .op("i32.add")
        .set(a);
      fn.get(b)
        .i32(count * rightStep)
        .op("i32.add")
        .set(b);
    };
    const whole = kernel.inner - (kernel.inner % UNROLL);
    if (whole === UNROLL) steps(UNROLL);
    else if (whole > 0) {
      fn.get(b)
        .i32(whole * rightStep)
        .op("i32.add")
        .set(end);
      fn.loop((again) => {
        steps(UNROLL);
        fn.get(b).get(end).op("i32.ne").brIf(again);
      });
    }
    if (kernel.inner > whole) steps(kernel.inner - whole);

    const flat = fn.local("i32");
    fn.get(loop.row).i32(kernel.columns).op("i32.mul").get(loop.column).op("i32.add").set(flat);
    sums.forEach((row, r) => {
      row.forEach((sum, v) => {
        fn.scope(() => {
          const cursor = {
            flat,
            flatOffset: 4 * r * kernel.columns + 16 * v,
            column: loop.column,
            columnOffset: 16 * v,
            row: loop.row,
            rowOffset: 4 * r,
            width: Math.min(4, width - 4 * v),
          };
          emitBody(emission, kernel.body, loop.scalars, cursor, new Map([[kernel.result, sum]]));
        });
      });
    });
  });
}
