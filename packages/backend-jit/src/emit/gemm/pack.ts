// Packing: copies lines of an operand into a panel [inner][width], so that the product's inner loop reads memory in
// order, however the operand lies: along either index, taken apart into several, turned round, overlapping. A panel
// is packed by a function of the module: products that pack alike share it.

import { at } from "@netwright/ir";
import type { FunctionBuilder, FunctionRef, Local } from "../../wasm/function-builder.ts";
import type { ModuleBuilder } from "../../wasm/module-builder.ts";
import type { FunctionType } from "../../wasm/value-type.ts";
import { type Axes, addIndex, linearBytes } from "./address.ts";
import { emitTranspose } from "./transpose.ts";

export interface PackSpec {
  /** Numbers in a line of the panel: a multiple of 4. */
  readonly width: number;
  /** How many of them the source has; the rest of a vector that has some is 0, further vectors are not written. */
  readonly valid: number;
  /** Whether the first line's index is a multiple of 4. */
  readonly aligned: boolean;
  readonly free: Axes;
  readonly inner: Axes;
}

/**
 * Takes the address of the operand, the index of the first line, the address of the panel, and how many steps the
 * contracted index has.
 */
export type Packing = (spec: PackSpec) => FunctionRef;

const PACK: FunctionType = { params: ["i32", "i32", "i32", "i32"], results: [] };

/** The functions of one module, each when it is wanted first. */
export function modulePacking(module: ModuleBuilder): Packing {
  const defined = new Map<string, FunctionRef>();
  return (wanted) => {
    const spec = { ...wanted, free: sizeless(wanted.free), inner: sizeless(wanted.inner) };
    const key = JSON.stringify(spec);
    const known = defined.get(key);
    if (known !== undefined) return known;
    const ref = module.func(`pack_${defined.size}`, PACK, (fn) =>
      emitPack(fn, spec, fn.param(0), fn.param(1), fn.param(2), fn.param(3)),
    );
    defined.set(key, ref);
    return ref;
  };
}

/** How many elements follow one another on the only axis makes no difference. */
function sizeless(axes: Axes): Axes {
  const bytes = linearBytes(axes);
  return bytes === undefined ? axes : [{ size: 0, bytes }];
}

/** Where the numbers of a vector come from: pointers that move along the contracted index, and constant offsets. */
interface Lanes {
  /** Of each number, up to four. */
  readonly pointers: readonly Local[];
  readonly offsets: readonly number[];
  /** Bytes from the first number of a panel's line. */
  readonly to: number;
}

function emitPack(
  fn: FunctionBuilder,
  spec: PackSpec,
  operand: Local,
  line: Local,
  panel: Local,
  steps: Local,
): void {
  const { valid, free } = spec;
  const bytes = linearBytes(free);
  const firsts = Array.from({ length: Math.ceil(valid / 4) }, (_, group) => 4 * group);
  const lanesFrom = (first: number): number[] =>
    Array.from({ length: Math.min(4, valid - first) }, (_, lane) => first + lane);
  if (bytes !== undefined && bytes >= 0) {
    const from = fn.local("i32");
    fn.get(operand);
    addIndex(fn, free, line);
    fn.set(from);
    const groups = firsts.map((first): Lanes => {
      const lanes = lanesFrom(first);
      return {
        pointers: lanes.map(() => from),
        offsets: lanes.map((lane) => lane * bytes),
        to: 4 * first,
      };
    });
    walk(fn, spec, { groups, moving: [from], to: panel, steps });
    return;
  }
  const last = free.at(-1);
  // Four lines at a time, which follow one another along the last axis, or have a pointer each.
  const together = spec.aligned && last !== undefined && last.size % 4 === 0 && last.bytes >= 0;
  for (const first of firsts) {
    fn.scope(() => {
      const index = fn.local("i32");
      const to = fn.local("i32");
      const pointerTo = (lane: number): Local => {
        const pointer = fn.local("i32");
        fn.get(line).i32(lane).op("i32.add").set(index).get(operand);
        addIndex(fn, free, index);
        fn.set(pointer);
        return pointer;
      };
      const lanes = lanesFrom(first);
      const moving = together ? [pointerTo(first)] : lanes.map(pointerTo);
      fn.get(panel).set(to);
      const group = {
        pointers: lanes.map((_, i) => at(moving, together ? 0 : i)),
        offsets: lanes.map((_, i) => (together ? i * last.bytes : 0)),
        to: 4 * first,
      };
      walk(fn, spec, { groups: [group], moving, to, steps });
    });
  }
}

interface Walk {
  readonly groups: readonly Lanes[];
  readonly moving: readonly Local[];
  readonly to: Local;
  /** All steps of the contracted index. */
  readonly steps: Local;
}

/** All of the contracted index, in order. */
function walk(fn: FunctionBuilder, spec: PackSpec, way: Walk): void {
  const axes = spec.inner;
  if (axes.length === 1) {
    run(fn, spec, way, at(axes, 0).bytes, undefined);
    return;
  }
  const level = (d: number): void => {
    const axis = at(axes, d);
    const next = axes[d + 1];
    if (next === undefined) {
      run(fn, spec, way, axis.bytes, axis.size);
      return;
    }
    const count = fn.local("i32");
    fn.i32(axis.size).set(count);
    fn.loop((again) => {
      level(d + 1);
      advance(fn, way.moving, axis.bytes - next.size * next.bytes);
      fn.get(count).i32(1).op("i32.sub").tee(count).brIf(again);
    });
  };
  level(0);
}

/** One axis of the contracted index, of `size` steps or of all; the pointers end behind it. */
function run(fn: FunctionBuilder, spec: PackSpec, way: Walk, bytes: number, size: number | undefined): void {
  const { to, steps } = way;
  // An offset cannot be negative.
  const together = bytes < 0 ? 1 : 4;
  const lineBytes = 4 * spec.width;
  const some = (count: number): void => {
    for (const group of way.groups) vectors(fn, spec, group, to, bytes, count);
    advance(fn, way.moving, count * bytes);
    advance(fn, [to], count * lineBytes);
  };
  /** As long as `to` is not as far as the number of steps on the stack leads. */
  const upTo = (count: number): void => {
    fn.scope(() => {
      const end = fn.local("i32");
      fn.i32(lineBytes).op("i32.mul").get(to).op("i32.add").set(end);
      fn.block((done) => {
        fn.loop((again) => {
          fn.get(to).get(end).op("i32.eq").brIf(done);
          some(count);
          fn.br(again);
        });
      });
    });
  };
  if (size === undefined) {
    fn.get(steps).i32(-together).op("i32.and");
    upTo(together);
    if (together === 1) return;
    fn.get(steps)
      .i32(together - 1)
      .op("i32.and");
    upTo(1);
    return;
  }
  const whole = Math.floor(size / together);
  if (whole > 0) {
    fn.i32(whole * together);
    upTo(together);
  }
  if (size > whole * together) some(size - whole * together);
}

function advance(fn: FunctionBuilder, pointers: readonly Local[], bytes: number): void {
  if (bytes === 0) return;
  for (const pointer of pointers) fn.get(pointer).i32(bytes).op("i32.add").set(pointer);
}

/** The vectors of one group for `count` contracted indices. */
function vectors(
  fn: FunctionBuilder,
  { width }: PackSpec,
  { pointers, offsets, to: place }: Lanes,
  to: Local,
  bytes: number,
  count: number,
): void {
  const sideBySide =
    pointers.length === 4 &&
    pointers.every((p) => p === pointers[0]) &&
    at(offsets, 1) - at(offsets, 0) === 4;
  const store = (k: number): void => void fn.mem("v128.store", 4 * k * width + place);
  if (count === 4 && pointers.length === 4 && bytes === 4 && !sideBySide) {
    fn.scope(() => {
      const block = fn.locals("v128", 4);
      block.forEach((vector, lane) => {
        fn.get(at(pointers, lane)).mem("v128.load", at(offsets, lane)).set(vector);
      });
      emitTranspose(fn, block);
      block.forEach((vector, k) => {
        fn.get(to).get(vector);
        store(k);
      });
    });
    return;
  }
  for (let k = 0; k < count; k++) {
    fn.get(to);
    if (sideBySide) fn.get(at(pointers, 0)).mem("v128.load", at(offsets, 0) + k * bytes);
    else gather(fn, pointers, offsets, k * bytes);
    store(k);
  }
}

/** One vector of the panel, lane by lane, left on the stack. */
function gather(
  fn: FunctionBuilder,
  pointers: readonly Local[],
  offsets: readonly number[],
  bytes: number,
): void {
  fn.scope(() => {
    const vector = fn.local("v128");
    fn.get(at(pointers, 0))
      .mem("v128.load32_zero", at(offsets, 0) + bytes)
      .set(vector);
    for (let lane = 1; lane < pointers.length; lane++) {
      fn.get(at(pointers, lane)).get(vector);
      fn.memLane("v128.load32_lane", at(offsets, lane) + bytes, lane).set(vector);
    }
    fn.get(vector);
  });
}
