// Addresses and the places of elements in memory, as emitted code computes them. An address is a constant, or a
// local plus a constant; an axis says how many bytes an index adds.

import type { FunctionBuilder, Local } from "../../wasm/function-builder.ts";

export interface Address {
  /** An i32 that is added to the offset; a constant address has none. */
  readonly base?: Local;
  readonly offset: number;
}

/**
 * Bytes from element 0 to element i of one index: i * inner, or, where the index runs in blocks (panels of 4 or 8
 * of a packed matrix), floor(i / block) * outer + (i mod block) * inner.
 */
export interface Axis {
  readonly inner: number;
  readonly blocks?: { readonly size: number; readonly outer: number };
}

export function strided(bytes: number): Axis {
  return { inner: bytes };
}

/** The bytes that a constant index adds. */
export function axisOffset({ inner, blocks }: Axis, index: number): number {
  if (blocks === undefined) return index * inner;
  return Math.floor(index / blocks.size) * blocks.outer + (index % blocks.size) * inner;
}

/** Whether four neighbours lie side by side, from each index that is a multiple of four. */
export function isContiguous({ inner, blocks }: Axis): boolean {
  return inner === 4 && (blocks === undefined || blocks.size % 4 === 0);
}

/** Leaves the address on the stack. */
export function pushAddress(fn: FunctionBuilder, { base, offset }: Address): void {
  if (base === undefined) fn.i32(offset);
  else if (offset === 0) fn.get(base);
  else fn.get(base).i32(offset).op("i32.add");
}

function scale(fn: FunctionBuilder, index: Local, bytes: number): void {
  fn.get(index);
  if (bytes !== 1) fn.i32(bytes).op("i32.mul");
}

/** Adds to the address on the stack what an index in a local, a multiple of `multiple`, adds along the axis. */
export function addIndex(fn: FunctionBuilder, { inner, blocks }: Axis, index: Local, multiple: number): void {
  if (blocks === undefined) {
    if (inner === 0) return;
    scale(fn, index, inner);
    fn.op("i32.add");
    return;
  }
  const { size, outer } = blocks;
  if (multiple % size === 0 && outer % size === 0) {
    scale(fn, index, outer / size);
    fn.op("i32.add");
    return;
  }
  fn.get(index).i32(size).op("i32.div_u").i32(outer).op("i32.mul").op("i32.add");
  fn.get(index).i32(size).op("i32.rem_u").i32(inner).op("i32.mul").op("i32.add");
}
