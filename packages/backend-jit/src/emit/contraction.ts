// A contraction with its elementwise body: the products of `gemm/`, batch by batch, and the body on every tile of
// sums while it is in registers.

import type { ContractionKernel, ContractionOperand } from "../kernels/contraction.ts";
import {
  byteAxes,
  chunkRows,
  gemmSpec,
  isEmpty,
  isVectorProduct,
  mayRepeatRows,
  productPlan,
  someRows,
} from "../plan/product.ts";
import { linearStride } from "../plan/strides.ts";
import type { FunctionBuilder, Local, Piece } from "../wasm/function-builder.ts";
import { type Emission, lastOrOther, repeat, repeatBetween } from "./emission.ts";
import { type Address, addIndex, emitGemm, lanesOf, numberedSizes, type Tile } from "./gemm/index.ts";
import { emitMapOf } from "./map.ts";
import { type Part, partRange, type Range } from "./part.ts";
import { emitBody, loadScalars, type Scalars } from "./pointwise.ts";
import { emitVectorProduct } from "./vector-product.ts";

export function emitContraction(emission: Emission, kernel: ContractionKernel): void {
  const { fn, address, constants, part, numbers } = emission;
  const { batch, rows, lhs, rhs, body, result } = kernel;
  if (isEmpty(kernel)) {
    // A sum of nothing is 0.
    emitMapOf(emission, body, () => new Map([[result, constants.f32(0)]]));
    return;
  }
  if (isVectorProduct(kernel)) {
    emitVectorProduct(emission, kernel);
    return;
  }
  const scalars = loadScalars(emission, body);
  const left = fn.local("i32");
  const right = fn.local("i32");
  const firstRow = fn.local("i32");
  const index = fn.local("i32");
  const scratch = scratchAddress(emission);
  const range = part === undefined ? undefined : partRange(fn, part);
  const lineBytes = linearStride(lhs.free);

  const mayRepeat = mayRepeatRows(kernel, address);
  /** The product of so many rows, from `left` on and there from a line. */
  const sizes = numbers.length === 0 ? undefined : numberedSizes(numbers);
  const product = (count: number, share?: Range, firstLine?: Local): void => {
    const some = someRows(kernel, count);
    const multiple = part?.share.size ?? 0;
    const lines = {
      address: { base: left, offset: 0 },
      ...(firstLine && { firstLine: { index: firstLine, multiple } }),
    };
    emitGemm(
      { fn, packing: emission.packing, productSum: emission.productSum, scratch },
      gemmSpec(some, lines, { address: { base: right, offset: 0 } }),
      productPlan(some, emission.engine),
      (tile) => emitTile(emission, kernel, scalars, firstRow, tile),
      { share, sizes, mayRepeat },
    );
  };
  const advance = (local: Local, amount: number, times?: Local): void => {
    fn.i32(amount);
    if (times !== undefined) fn.get(times).op("i32.mul");
    fn.get(local).op("i32.add").set(local);
  };
  const start = ({ buffer, start, batch }: ContractionOperand, batchIndex: Local): FunctionBuilder => {
    fn.i32(address(buffer) + 4 * start);
    addIndex(fn, byteAxes(batch), batchIndex);
    return fn;
  };
  /** Sets all to the batch whose index is in the local. */
  const go = (batchIndex: Local): void => {
    start(lhs, batchIndex).set(left);
    start(rhs, batchIndex).set(right);
    fn.get(batchIndex)
      .i32(batch === 1 ? 0 : rows)
      .op("i32.mul")
      .set(firstRow);
  };
  /** `left` and the first row move over the thread's chunks and come back. */
  const chunks = ({ share }: Part, { from, to }: Range): void => {
    const [each = rows, rest] = chunkRows(kernel, share);
    fn.scope(() => {
      const chunk = fn.local("i32");
      const oldLeft = fn.local("i32");
      const oldRow = fn.local("i32");
      // Where lines do not follow one another, packing finds them by their number.
      const line = lineBytes === undefined ? fn.local("i32") : undefined;
      const move = (times?: Local): void => {
        if (lineBytes !== undefined) advance(left, 4 * each * lineBytes, times);
        if (line !== undefined) advance(line, each, times);
        advance(firstRow, each, times);
      };
      fn.get(left).set(oldLeft).get(firstRow).set(oldRow);
      if (line !== undefined) fn.i32(0).set(line);
      move(from);
      repeatBetween(fn, chunk, from, to, 1, () => {
        const last = rest === undefined ? undefined : () => product(rest, undefined, line);
        lastOrOther(fn, chunk, share.units, last, () => product(each, undefined, line));
        move();
      });
      fn.get(oldLeft).set(left).get(oldRow).set(firstRow);
    });
  };
  if (part?.share.by === "batch" && range !== undefined) {
    repeatBetween(fn, index, range.from, range.to, 1, () => {
      go(index);
      product(rows);
    });
    return;
  }
  repeat(fn, index, 0, batch, 1, () => {
    go(index);
    if (part?.share.by === "chunks" && range !== undefined) chunks(part, range);
    else product(rows, range);
  });
}

/** Where the running thread packs. */
function scratchAddress({ fn, scratch, part }: Emission): Address {
  if (part === undefined) return { offset: scratch };
  const base = fn.local("i32");
  fn.get(part.thread).i32(part.scratchStride).op("i32.mul").set(base);
  return { base, offset: scratch };
}

/** The body on each vector of the tile. */
function emitTile(
  emission: Emission,
  { body, result, columns }: ContractionKernel,
  scalars: Scalars,
  firstRow: Local,
  tile: Tile,
): void {
  const { fn } = emission;
  fn.scope(() => {
    const flat = fn.local("i32");
    const column = fn.local("i32");
    const row = fn.local("i32");
    fn.get(tile.line).get(firstRow).op("i32.add").i32(4).op("i32.mul").set(row);
    fn.get(tile.element).i32(4).op("i32.mul").set(column);
    fn.get(row).i32(columns).op("i32.mul").get(column).op("i32.add").set(flat);
    const offsets = (position: number) => {
      const line = Math.floor(position / tile.vectors);
      const vector = position % tile.vectors;
      return {
        flatOffset: 4 * line * columns + 16 * vector,
        columnOffset: 16 * vector,
        rowOffset: 4 * line,
      };
    };
    // The vectors differ in where they are; those of one width are written once and copied.
    const pieces = new Map<number, { readonly piece: Piece; readonly first: number }>();
    tile.registers.forEach((sum, position) => {
      const width = lanesOf(tile, position);
      const here = offsets(position);
      const known = pieces.get(width);
      if (known === undefined) {
        const cursor = { flat, column, row, ...here, width };
        const piece = fn.piece(sum, () =>
          fn.scope(() => emitBody(emission, body, scalars, cursor, new Map([[result, sum]]))),
        );
        pieces.set(width, { piece, first: position });
        return;
      }
      const there = offsets(known.first);
      const moved = new Map([
        [flat, here.flatOffset - there.flatOffset],
        [column, here.columnOffset - there.columnOffset],
        [row, here.rowOffset - there.rowOffset],
      ]);
      fn.again(known.piece, sum, moved);
    });
  });
}
