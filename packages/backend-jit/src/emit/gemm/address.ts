// Addresses and the places of elements in memory, as emitted code computes them. An address is a constant, or a
// local plus a constant.

import { at } from "@netwright/ir";
import type { FunctionBuilder, Local } from "../../wasm/function-builder.ts";

export interface Address {
  /** An i32 that is added to the offset; a constant address has none. */
  readonly base?: Local;
  readonly offset: number;
}

/** So many elements, and the bytes from one to the next. */
export interface Axis {
  readonly size: number;
  readonly bytes: number;
}

/**
 * An index that is taken apart into several, the last of which varies fastest: element i lies where the sum over
 * the axes of index times bytes says. Bytes may be 0 or negative, and elements may overlap.
 */
export type Axes = readonly Axis[];

/** The bytes from each element to the next, where that is one number. */
export function linearBytes(axes: Axes): number | undefined {
  if (axes.length > 1) return undefined;
  return axes[0]?.bytes ?? 0;
}

/** Leaves the address on the stack. */
export function pushAddress(fn: FunctionBuilder, { base, offset }: Address): void {
  if (base === undefined) fn.i32(offset);
  else if (offset === 0) fn.get(base);
  else fn.get(base).i32(offset).op("i32.add");
}

/** Adds to the address on the stack what the element at the index in a local adds. */
export function addIndex(fn: FunctionBuilder, axes: Axes, index: Local): void {
  const bytes = linearBytes(axes);
  if (bytes !== undefined) {
    addScaled(fn, index, bytes);
    return;
  }
  fn.scope(() => {
    const rest = fn.local("i32");
    const digit = fn.local("i32");
    fn.get(index).set(rest);
    for (let d = axes.length - 1; d >= 0; d--) {
      const axis = at(axes, d);
      if (d === 0) {
        addScaled(fn, rest, axis.bytes);
        return;
      }
      fn.get(rest).i32(axis.size).op("i32.rem_u").set(digit);
      addScaled(fn, digit, axis.bytes);
      fn.get(rest).i32(axis.size).op("i32.div_u").set(rest);
    }
  });
}

function addScaled(fn: FunctionBuilder, index: Local, bytes: number): void {
  if (bytes === 0) return;
  fn.get(index);
  if (bytes !== 1) fn.i32(bytes).op("i32.mul");
  fn.op("i32.add");
}
