// A tile is the small rectangle of a product that is held in registers while its sums are made. Hooks get it when
// the sums are complete, work on its vectors one by one, and read and write arrays at its place through here. How
// the tile lies, along rows or along columns of the product, is hidden: an array is given by its axes.

import type { FunctionBuilder, Local } from "../../wasm/function-builder.ts";
import { type Address, type Axis, addIndex, axisOffset, isContiguous, pushAddress } from "./address.ts";
import { emitTranspose } from "./transpose.ts";

/** Lines of vectors of four. In a transposed tile a line is a column of the product, otherwise a row. */
export interface Tile {
  readonly lines: number;
  /** Vectors in a line. */
  readonly vectors: number;
  /** Elements in a line that belong to the product; what is in lanes beyond has no meaning. */
  readonly valid: number;
  readonly transposed: boolean;
  /** Indices of the product's element in the first lane of the first line. */
  readonly line: Local;
  readonly element: Local;
  /** What `line` and `element` are multiples of. */
  readonly lineMultiple: number;
  readonly elementMultiple: number;
  /** The sums: line by line, vector by vector. Hooks may change them. */
  readonly registers: readonly Local[];
}

/** An array with an element for each element of the product: an axis with stride 0 repeats it. */
export interface TileArray {
  readonly address: Address;
  readonly row: Axis;
  readonly column: Axis;
}

interface Place {
  readonly pointer: Local;
  readonly line: Axis;
  readonly element: Axis;
}

function place(fn: FunctionBuilder, tile: Tile, { address, row, column }: TileArray): Place {
  const [line, element] = tile.transposed ? [column, row] : [row, column];
  const pointer = fn.local("i32");
  pushAddress(fn, address);
  addIndex(fn, line, tile.line, tile.lineMultiple);
  addIndex(fn, element, tile.element, tile.elementMultiple);
  fn.set(pointer);
  return { pointer, line, element };
}

/** Valid lanes of the vector at `position` of `registers`. */
export function lanesOf({ vectors, valid }: Tile, position: number): number {
  return Math.min(4, valid - 4 * (position % vectors));
}

function offsetOf({ line, element }: Place, { vectors }: Tile, position: number, lane: number): number {
  return (
    axisOffset(line, Math.floor(position / vectors)) + axisOffset(element, 4 * (position % vectors) + lane)
  );
}

/** Whether groups of four lines can be read or written through a transpose. */
function transposes({ lines }: Tile, { line, element }: Place): boolean {
  return lines === 4 && isContiguous(line) && !isContiguous(element) && element.inner !== 0;
}

function loadLanes(fn: FunctionBuilder, tile: Tile, at: Place, position: number): void {
  const lanes = lanesOf(tile, position);
  fn.get(at.pointer).mem("v128.load32_zero", offsetOf(at, tile, position, 0));
  if (lanes === 1) return;
  const vector = fn.local("v128");
  fn.set(vector);
  for (let lane = 1; lane < lanes; lane++) {
    fn.get(at.pointer).get(vector);
    fn.memLane("v128.load32_lane", offsetOf(at, tile, position, lane), lane).set(vector);
  }
  fn.get(vector);
}

/**
 * Prepares to read an array at the tile. The function it gives leaves the vector for `position` of the tile's
 * registers on the stack. Lanes that are not valid are never read from memory.
 */
export function tileReader(fn: FunctionBuilder, tile: Tile, array: TileArray): (position: number) => void {
  const at = place(fn, tile, array);
  const { element, pointer } = at;
  if (element.inner === 0 && element.blocks === undefined) {
    return (position) => fn.get(pointer).mem("v128.load32_splat", offsetOf(at, tile, position, 0));
  }
  const turned = transposes(tile, at) ? readTransposed(fn, tile, at) : [];
  return (position) => {
    const vector = turned[position];
    if (vector !== undefined) fn.get(vector);
    else if (isContiguous(element) && lanesOf(tile, position) === 4) {
      fn.get(pointer).mem("v128.load", offsetOf(at, tile, position, 0));
    } else fn.scope(() => loadLanes(fn, tile, at, position));
  };
}

function readTransposed(fn: FunctionBuilder, tile: Tile, at: Place): (Local | undefined)[] {
  const vectors: (Local | undefined)[] = [];
  for (let v = 0; v < tile.vectors; v++) {
    if (lanesOf(tile, v) < 4) continue;
    const group = fn.locals("v128", 4);
    group.forEach((local, lane) => {
      fn.get(at.pointer)
        .mem("v128.load", axisOffset(at.element, 4 * v + lane))
        .set(local);
    });
    emitTranspose(fn, group);
    group.forEach((local, line) => {
      vectors[line * tile.vectors + v] = local;
    });
  }
  return vectors;
}

/**
 * Writes one vector for each register of the tile to the array. Only valid lanes are written, and the values stay.
 */
export function storeTile(fn: FunctionBuilder, tile: Tile, values: readonly Local[], array: TileArray): void {
  fn.scope(() => {
    const at = place(fn, tile, array);
    const turns = transposes(tile, at);
    for (let v = 0; v < tile.vectors; v++) {
      const group = values.filter((_, position) => position % tile.vectors === v);
      if (turns && lanesOf(tile, v) === 4) {
        // Copies: the values may be the sums, which other stores still want.
        const copies = group.map((value) => {
          const copy = fn.local("v128");
          fn.get(value).set(copy);
          return copy;
        });
        emitTranspose(fn, copies);
        copies.forEach((copy, lane) => {
          fn.get(at.pointer)
            .get(copy)
            .mem("v128.store", axisOffset(at.element, 4 * v + lane));
        });
        continue;
      }
      group.forEach((value, line) => {
        storeVector(fn, tile, at, line * tile.vectors + v, value);
      });
    }
  });
}

function storeVector(fn: FunctionBuilder, tile: Tile, at: Place, position: number, value: Local): void {
  const lanes = lanesOf(tile, position);
  if (isContiguous(at.element) && lanes === 4) {
    fn.get(at.pointer)
      .get(value)
      .mem("v128.store", offsetOf(at, tile, position, 0));
    return;
  }
  for (let lane = 0; lane < lanes; lane++) {
    fn.get(at.pointer).get(value);
    fn.memLane("v128.store32_lane", offsetOf(at, tile, position, lane), lane);
  }
}
