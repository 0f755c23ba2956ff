// The body of elementwise operations on one vector of four neighbours in a row, wherever it stands: in a loop of
// its own or behind a contraction.

import { at } from "@netwright/ir";
import type { PointwiseBody, PointwiseInput, PointwiseSource } from "../kernels/body.ts";
import type { BufferId } from "../kernels/rule.ts";
import { FULL } from "../plan/access.ts";
import type { Local } from "../wasm/function-builder.ts";
import { constantLanes, emitElementwiseOfAll, shiftedRight } from "./elementwise.ts";
import { type Emission, storeLanes } from "./emission.ts";

/** Where the four elements are: byte offsets from the start of each kind of operand, each a local plus a constant. */
export interface Cursor {
  readonly flat: Local;
  readonly flatOffset: number;
  readonly column: Local;
  readonly columnOffset: number;
  readonly row: Local;
  readonly rowOffset: number;
  /** How many of the four are elements: the rest is behind the end of the row. */
  readonly width: number;
  /** What `placeIn` has found already, where several vectors have the locals of the cursor in common. */
  readonly places?: Places;
}

/** Where a cursor is in arrays that have room for a strip alone. */
export type Places = Map<string, Local>;

export type Scalars = ReadonlyMap<BufferId, Local>;

/** Loads the operands that are the same for all elements, before any loop. */
export function loadScalars({ fn, address }: Emission, { ops }: PointwiseBody): Scalars {
  const scalars = new Map<BufferId, Local>();
  ops.forEach(({ inputs }) => {
    inputs.forEach((input) => {
      if (input.kind === "constant" || input.access.kind !== "scalar" || scalars.has(input.buffer)) return;
      const local = fn.local("v128");
      fn.i32(0).mem("v128.load32_splat", address(input.buffer)).set(local);
      scalars.set(input.buffer, local);
    });
  });
  return scalars;
}

/** The local with the place in the array that `local` is in a whole one. */
export function placeIn({ fn, strip }: Emission, places: Places, buffer: BufferId, local: Local): Local {
  const shift = strip?.shift(buffer);
  if (shift === undefined) return local;
  const key = `${local.index} ${shift.index}`;
  const known = places.get(key);
  if (known !== undefined) return known;
  const place = fn.local("i32");
  fn.get(local).get(shift).op("i32.add").set(place);
  places.set(key, place);
  return place;
}

/** Four elements, and what is known of them. */
export interface Vector {
  readonly cursor: Cursor;
  /** What the kernel itself has computed. It gets all that the body computes. */
  readonly made: Map<BufferId, Local>;
}

export function emitBody(
  emission: Emission,
  body: PointwiseBody,
  scalars: Scalars,
  cursor: Cursor,
  made: Map<BufferId, Local>,
): void {
  emitBodies(emission, body, scalars, [{ cursor, made }]);
}

/** The body on several vectors, each operation on all of them. Of what is read element by element, `made` also gets what is `wanted`. */
export function emitBodies(
  emission: Emission,
  body: PointwiseBody,
  scalars: Scalars,
  vectors: readonly Vector[],
  wanted: readonly BufferId[] = [],
): void {
  const { fn, address } = emission;
  const all = vectors.map(({ cursor, made }) => {
    const places = cursor.places ?? new Map();
    return { cursor, made, places, load: loading(emission, scalars, cursor, made, places) };
  });
  body.ops.forEach(({ op, inputs, result }) => {
    const shift = placesShifted(op, inputs);
    const results =
      shift === null
        ? emitElementwiseOfAll(
            emission,
            op,
            all.map(({ load }) => inputs.map(load)),
          )
        : all.map(({ load }) => shiftedRight(emission, load(at(inputs, 0)), shift));
    all.forEach(({ made }, i) => {
      made.set(result, at(results, i));
    });
  });
  all.forEach(({ made, load }) => {
    wanted.forEach((buffer) => {
      if (!made.has(buffer)) made.set(buffer, load({ kind: "buffer", buffer, dtype: "f32", access: FULL }));
    });
  });
  // All loads come before: a result may take the place of an operand.
  all.forEach(({ cursor, made, places }) => {
    body.stores.forEach((buffer) => {
      const value = made.get(buffer);
      if (value === undefined) return;
      const place = placeIn(emission, places, buffer, cursor.flat);
      storeLanes(fn, place, value, address(buffer) + cursor.flatOffset, cursor.width);
    });
  });
}

/** Finds an operand of the elements in registers, or loads it. */
function loading(
  emission: Emission,
  scalars: Scalars,
  cursor: Cursor,
  made: ReadonlyMap<BufferId, Local>,
  places: Places,
): (input: PointwiseInput) => Local {
  const { fn, address } = emission;
  const loaded = new Map<string, Local>();
  return (input) => {
    if (input.kind === "constant") return constantLanes(emission, input.dtype, input.value);
    const { buffer, access } = input;
    const known =
      access.kind === "scalar" ? scalars.get(buffer) : access.kind === "full" ? made.get(buffer) : undefined;
    if (known !== undefined) return known;
    const key = `${access.kind} ${buffer}`;
    const before = loaded.get(key);
    if (before !== undefined) return before;
    const local = fn.local("v128");
    const base = address(buffer);
    if (access.kind === "full") {
      const place = placeIn(emission, places, buffer, cursor.flat);
      fn.get(place).mem("v128.load", base + cursor.flatOffset, place);
    } else if (access.kind === "row")
      fn.get(cursor.column).mem("v128.load", base + cursor.columnOffset, cursor.column);
    else {
      const place = placeIn(emission, places, buffer, cursor.row);
      fn.get(place).mem("v128.load32_splat", base + cursor.rowOffset, place);
    }
    fn.set(local);
    loaded.set(key, local);
    return local;
  };
}

/** Of words that are divided by a power of two, as those of random numbers: there is no division of integers by vectors. */
function placesShifted(op: PointwiseSource, inputs: readonly PointwiseInput[]): number | null {
  const by = inputs[1];
  if (op.name !== "divide" || by?.kind !== "constant" || by.dtype !== "u32" || by.value < 1) return null;
  const places = Math.clz32(1) - Math.clz32(by.value);
  return 2 ** places === by.value ? places : null;
}
