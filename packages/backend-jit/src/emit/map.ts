// A kernel of elementwise operations alone: row by row, four elements at a time.

import { inRows, type PointwiseBody } from "../kernels/body.ts";
import type { MapKernel } from "../kernels/map.ts";
import type { BufferId } from "../kernels/rule.ts";
import { instructionsOf } from "../threads/work.ts";
import type { Local } from "../wasm/function-builder.ts";
import { type Emission, repeat, repeatBetween } from "./emission.ts";
import { hasFormula } from "./formulas.ts";
import { partRange, type Range } from "./part.ts";
import { emitBodies, loadScalars } from "./pointwise.ts";

export function emitMap(emission: Emission, { body }: MapKernel): void {
  const { strip } = emission;
  const seen = strip === undefined ? body : inRows(body, strip.rows);
  emitMapOf(emission, seen, () => new Map(), atOnceIn(seen));
}

/** Vectors of elementary functions, whose steps wait for one another (measured by bench/rows.mjs). */
const AT_ONCE = 4;
/** In rows of less, too few are at once. */
const LONG_ROW = 64;
/** Instructions of a body that has not enough to do by itself, and is no long code four times. */
const SHORT_BODY = 80;

function atOnceIn({ columns, ops }: PointwiseBody): number {
  if (columns < LONG_ROW || !ops.some(({ op }) => hasFormula(op.name))) return 1;
  const instructions = ops.reduce((sum, { op }) => sum + instructionsOf(op.name), 0);
  return instructions <= SHORT_BODY ? AT_ONCE : 1;
}

/**
 * `given` makes what the body finds in registers, from the local with the byte offset of its elements: of one vector, so that
 * only without it several are `atOnce`.
 */
export function emitMapOf(
  emission: Emission,
  body: PointwiseBody,
  given: (flat: Local) => Map<BufferId, Local>,
  atOnce = 1,
): void {
  const { fn, part, strip } = emission;
  const scalars = loadScalars(emission, body);
  const row = fn.local("i32");
  const column = fn.local("i32");
  const flat = fn.local("i32");
  const { rows, columns } = body;
  // Of neighbours that are in rows of their own no more than a strip has.
  const lanes = strip !== undefined && rows === 1 ? Math.min(strip.size, 4) : 4;
  const whole = columns - (columns % lanes);
  const vectors = (count: number, width: number): void => {
    fn.scope(() => {
      const some = Array.from({ length: count }, (_, i) => ({
        cursor: { flat, flatOffset: 16 * i, column, columnOffset: 16 * i, row, rowOffset: 0, width },
        made: given(flat),
      }));
      emitBodies(emission, body, scalars, some);
      fn.get(flat)
        .i32(4 * width * count)
        .op("i32.add")
        .set(flat);
    });
  };
  const rest = (): void => {
    fn.i32(4 * whole).set(column);
    vectors(1, columns - whole);
  };
  const allColumns = (): void => {
    const bytes = 4 * whole;
    const several = 16 * atOnce;
    const inSeveral = atOnce === 1 ? 0 : bytes - (bytes % several);
    repeat(fn, column, 0, inSeveral, several, () => vectors(atOnce, 4));
    repeat(fn, column, inSeveral, bytes, 4 * lanes, () => vectors(1, lanes));
    if (whole < columns) rest();
  };
  if (strip !== undefined && rows === 1) {
    const from = fn.local("i32");
    const to = fn.local("i32");
    fn.get(strip.from).i32(4).op("i32.mul").set(from);
    fn.get(strip.to).i32(4).op("i32.mul").set(to);
    fn.i32(0).set(row);
    someColumns({ from, to });
  } else if (strip !== undefined) {
    const from = fn.local("i32");
    const to = fn.local("i32");
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
      fn.get(from).set(column);
      if (atOnce > 1) {
        const last = fn.local("i32");
        fn.get(end)
          .get(end)
          .get(from)
          .op("i32.sub")
          .i32(16 * atOnce - 1)
          .op("i32.and")
          .op("i32.sub")
          .set(last);
        repeatBetween(fn, column, column, last, 16 * atOnce, () => vectors(atOnce, 4));
      }
      repeatBetween(fn, column, column, end, 4 * lanes, () => vectors(1, lanes));
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
