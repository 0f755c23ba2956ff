// A contraction with its elementwise body: the products of `gemm/`, batch by batch, and the body on every tile of
// sums while it is in registers.

import type { ContractionKernel } from "../plan/kernel.ts";
import { gemmSpec, isEmpty, isVectorProduct, productPlan } from "../plan/product.ts";
import { chunkRows } from "../threads/share.ts";
import type { Local, Piece } from "../wasm/function-builder.ts";
import { type Emission, lastOrOther, repeat, repeatBetween } from "./emission.ts";
import { type Address, emitGemm, lanesOf, type Tile } from "./gemm/index.ts";
import { emitMapOf } from "./map.ts";
import { type Part, partRange, type Range } from "./part.ts";
import { emitBody, loadScalars, type Scalars } from "./pointwise.ts";
import { emitVectorProduct } from "./vector-product.ts";

export function emitContraction(emission: Emission, kernel: ContractionKernel): void {
  const { fn, address, constants, part } = emission;
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
  const [left, right, firstRow, index] = fn.locals("i32", 4);
  if (!(left && right && firstRow && index)) throw new Error("four locals were asked for");
  fn.i32(address(lhs.buffer)).set(left).i32(address(rhs.buffer)).set(right).i32(0).set(firstRow);
  const scratch = scratchAddress(emission);
  const range = part === undefined ? undefined : partRange(fn, part);

  /** The product of so many rows from `left` on. */
  const product = (count: number, share?: Range): void => {
    const some = { ...kernel, rows: count };
    emitGemm(
      fn,
      gemmSpec(some, { base: left, offset: 0 }, { base: right, offset: 0 }),
      productPlan(some, emission.engine),
      scratch,
      { finish: (tile) => emitTile(emission, kernel, scalars, firstRow, tile) },
      share,
    );
  };
  const advance = (local: Local, amount: number, times?: Local): void => {
    fn.i32(amount);
    if (times !== undefined) fn.get(times).op("i32.mul");
    fn.get(local).op("i32.add").set(local);
  };
  const next = (times?: Local): void => {
    advance(left, 4 * lhs.batch, times);
    advance(right, 4 * rhs.batch, times);
    advance(firstRow, rows, times);
  };
  /** `left` and the first row move over the thread's chunks and come back. */
  const chunks = ({ share }: Part, { from, to }: Range): void => {
    const [each = rows, rest] = chunkRows(kernel, share);
    fn.scope(() => {
      const [chunk, oldLeft, oldRow] = [fn.local("i32"), fn.local("i32"), fn.local("i32")];
      fn.get(left).set(oldLeft).get(firstRow).set(oldRow);
      advance(left, 4 * each * lhs.free, from);
      advance(firstRow, each, from);
      repeatBetween(fn, chunk, from, to, 1, () => {
        lastOrOther(fn, chunk, share.units, rest === undefined ? undefined : () => product(rest), () =>
          product(each),
        );
        advance(left, 4 * each * lhs.free);
        advance(firstRow, each);
      });
      fn.get(oldLeft).set(left).get(oldRow).set(firstRow);
    });
  };
  if (part?.share.by === "batch" && range !== undefined) {
    next(range.from);
    repeatBetween(fn, index, range.from, range.to, 1, () => {
      product(rows);
      next();
    });
    return;
  }
  repeat(fn, index, 0, batch, 1, () => {
    if (part?.share.by === "chunks" && range !== undefined) chunks(part, range);
    else product(rows, range);
    next();
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
    const [flat, column, row] = [fn.local("i32"), fn.local("i32"), fn.local("i32")];
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
