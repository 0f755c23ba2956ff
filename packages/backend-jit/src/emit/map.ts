// A kernel of elementwise operations alone: row by row, four elements at a time.

import { inRows, type PointwiseBody } from "../kernels/body.ts";
import type { MapKernel } from "../kernels/map.ts";
import type { BufferId } from "../kernels/rule.ts";
import type { Local } from "../wasm/function-builder.ts";
import { type Emission, repeat, repeatBetween } from "./emission.ts";
import { partRange, type Range } from "./part.ts";
import { emitBody, loadScalars } from "./pointwise.ts";

export function emitMap(emission: Emission, { body }: MapKernel): void {
  const { strip } = emission;
  emitMapOf(emission, strip === undefined ? body : inRows(body, strip.rows), () => new Map());
}

/** `given` makes what the body finds in registers, from the local with the byte offset of its elements. */
export function emitMapOf(
  emission: Emission,
  body: PointwiseBody,
  given: (flat: Local) => Map<BufferId, Local>,
): void {
  const { fn, part, strip } = emission;
  const scalars = loadScalars(emission, body);
  const [row, column, flat] = [fn.local("i32"), fn.local("i32"), fn.local("i32")];
  const { rows, columns } = body;
  // Of neighbours that are in rows of their own no more than a strip has.
  const lanes = strip !== undefined && rows === 1 ? Math.min(strip.size, 4) : 4;
  const whole = columns - (columns % lanes);
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
  const rest = (): void => {
    fn.i32(4 * whole).set(column);
    vector(columns - whole);
  };
  const allColumns = (): void => {
    repeat(fn, column, 0, 4 * whole, 4 * lanes, () => vector(lanes));
    if (whole < columns) rest();
  };
  if (strip !== undefined && rows === 1) {
    const [from, to] = [fn.local("i32"), fn.local("i32")];
    fn.get(strip.from).i32(4).op("i32.mul").set(from);
    fn.get(strip.to).i32(4).op("i32.mul").set(to);
    fn.i32(0).set(row);
    someColumns({ from, to });
  } else if (strip !== undefined) {
    const [from, to] = [fn.local("i32"), fn.local("i32")];
    fn.get(strip.from).i32(4).op("i32.mul").set(from);
    fn.get(strip.to).i32(4).op("i32.mul").set(to);
    fn.get(from).i32(columns).op("i32.mul").set(flat);
    repeatBetween(fn, row, from, to, 4, allColumns);
  } else if (part === undefined) {
    fn.i32(0).set(flat);
    repeat(fn, row, 0, 4 * rows, 4, allColumns);
  } else if (part.share.by === "rows") {
    const { from, to } = partRange(fn, part, 4 * part.share.size, 4 * rows);
    fn.get(from).i32(columns).op("i32.mul").set(flat);
    repeatBetween(fn, row, from, to, 4, allColumns);
  } else {
    const range = partRange(fn, part, 4 * part.share.size, 4 * columns);
    repeat(fn, row, 0, 4 * rows, 4, () => someColumns(range));
  }

  function someColumns({ from, to }: Range): void {
    fn.scope(() => {
      const end = fn.local("i32");
      fn.get(row).i32(columns).op("i32.mul").get(from).op("i32.add").set(flat);
      fn.get(to)
        .i32(4 * whole)
        .get(to)
        .i32(4 * whole)
        .op("i32.lt_u")
        .select("i32")
        .set(end);
      repeatBetween(fn, column, from, end, 4 * lanes, () => vector(lanes));
      if (whole === columns) return;
      // The last vector belongs to the thread whose part ends with it.
      fn.get(to)
        .i32(4 * columns)
        .op("i32.eq")
        .get(from)
        .get(to)
        .op("i32.lt_u")
        .op("i32.and");
      fn.ifElse(rest);
    });
  }
}
