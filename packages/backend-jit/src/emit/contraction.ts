// A contraction with its elementwise body: the products of `gemm/`, batch by batch, and the body on every tile of
// sums while it is in registers.

import type { ContractionKernel } from "../plan/kernel.ts";
import { gemmSpec, isEmpty, isVectorProduct, productPlan } from "../plan/product.ts";
import type { Local } from "../wasm/function-builder.ts";
import { type Emission, repeat } from "./emission.ts";
import { emitGemm, lanesOf, type Tile } from "./gemm/index.ts";
import { emitMapOf } from "./map.ts";
import { emitBody, loadScalars, type Scalars } from "./pointwise.ts";
import { emitVectorProduct } from "./vector-product.ts";

export function emitContraction(emission: Emission, kernel: ContractionKernel): void {
  const { fn, address, scratch, constants } = emission;
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
  const spec = gemmSpec(kernel, { base: left, offset: 0 }, { base: right, offset: 0 });
  repeat(fn, index, 0, batch, 1, () => {
    emitGemm(
      fn,
      spec,
      productPlan(kernel, emission.engine),
      { offset: scratch },
      {
        finish: (tile) => emitTile(emission, kernel, scalars, firstRow, tile),
      },
    );
    fn.get(left)
      .i32(4 * lhs.batch)
      .op("i32.add")
      .set(left);
    fn.get(right)
      .i32(4 * rhs.batch)
      .op("i32.add")
      .set(right);
    fn.get(firstRow).i32(rows).op("i32.add").set(firstRow);
  });
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
    tile.registers.forEach((sum, position) => {
      const line = Math.floor(position / tile.vectors);
      const vector = position % tile.vectors;
      fn.scope(() => {
        const cursor = {
          flat,
          flatOffset: 4 * line * columns + 16 * vector,
          column,
          columnOffset: 16 * vector,
          row,
          rowOffset: 4 * line,
          width: lanesOf(tile, position),
        };
        emitBody(emission, body, scalars, cursor, new Map([[result, sum]]));
      });
    });
  });
}
