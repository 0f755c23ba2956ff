// The loop over strips of rows, in which several kernels follow one another.

import type { RowKernel, RowsKernel } from "../kernels/rows.ts";
import type { BufferId } from "../kernels/rule.ts";
import { insidePlaces } from "../plan/inside-places.ts";
import { LINE } from "../threads/share.ts";
import type { Local } from "../wasm/function-builder.ts";
import { type Emission, repeatBetween } from "./emission.ts";
import { partRange } from "./part.ts";

/** The rows that a kernel is to do. */
export interface Strip {
  /** Of how many rows all arrays are. */
  readonly rows: number;
  /** How many there are in a strip: one, two, or a multiple of four; the last one may have fewer. */
  readonly size: number;
  readonly from: Local;
  readonly to: Local;
  /** Bytes to add to the place in an array that has room for a strip alone; undefined for all others. */
  readonly shift: (buffer: BufferId) => Local | undefined;
}

export function emitStrips(
  emission: Emission,
  kernel: RowsKernel,
  emit: (emission: Emission, kernel: RowKernel) => void,
): void {
  const { fn, part, scratch, address } = emission;
  const { rows, strip, kernels, inside, fetched } = kernel;
  const { places } = insidePlaces(kernel);
  const [unit, first, end] = [fn.local("i32"), fn.local("i32"), fn.local("i32")];
  const [from, to] = [fn.local("i32"), fn.local("i32")];
  if (part === undefined)
    fn.i32(0)
      .set(first)
      .i32(Math.ceil(rows / strip))
      .set(end);
  else {
    const range = partRange(fn, part);
    fn.get(range.from).set(first).get(range.to).set(end);
  }
  const own = fn.local("i32");
  if (part === undefined) fn.i32(0).set(own);
  else fn.get(part.thread).i32(part.scratchStride).op("i32.mul").set(own);
  const shifts = new Map<number, Local>(
    [...new Set(inside.values())].map((elements) => [elements, fn.local("i32")]),
  );
  const inStrip: Emission = {
    ...emission,
    part: undefined,
    address: (buffer) => {
      const place = places.get(buffer);
      return place === undefined ? address(buffer) : scratch + place;
    },
    strip: {
      rows,
      size: strip,
      from,
      to,
      shift: (buffer) => {
        const elements = inside.get(buffer);
        return elements === undefined ? undefined : shifts.get(elements);
      },
    },
  };
  fn.get(first).set(unit);
  repeatBetween(fn, unit, unit, end, 1, () => {
    fn.get(unit).i32(strip).op("i32.mul").tee(from).i32(strip).op("i32.add").set(to);
    fn.get(to).i32(rows).get(to).i32(rows).op("i32.lt_u").select("i32").set(to);
    for (const [elements, shift] of shifts) {
      fn.get(own)
        .get(from)
        .i32(4 * elements)
        .op("i32.mul")
        .op("i32.sub")
        .set(shift);
    }
    for (const [buffer, elements] of fetched) fn.scope(() => fetch(address(buffer), 4 * elements));
    for (const each of kernels) fn.scope(() => emit(inStrip, each));
  });

  /** Loads something of each line of a cache. */
  function fetch(start: number, bytes: number): void {
    const [place, end, loaded] = [fn.local("i32"), fn.local("i32"), fn.local("v128")];
    fn.get(from).i32(bytes).op("i32.mul").set(place);
    fn.get(to).i32(bytes).op("i32.mul").set(end);
    repeatBetween(fn, place, place, end, 4 * LINE, () => {
      fn.get(place).mem("v128.load", start).set(loaded);
    });
  }
}
