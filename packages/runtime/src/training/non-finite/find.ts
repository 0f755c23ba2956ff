// The searches for the first number that is not finite: in a state, in a batch, in the layers.

import { type RowStore, rowsAsTheyLie, rowsOf, type Split, TARGETS } from "@netwright/data";
import { ONLY_INPUT } from "@netwright/definitions";
import { at } from "@netwright/ir";
import type { NamedTensors } from "../../backend/backend.ts";
import type { Executable } from "../../executable/executable.ts";
import { elementTypeOf } from "../../tensors/tensors.ts";
import type { NonFiniteFailure } from "./failure.ts";

/** Name of the first tensor that holds NaN or an infinity. */
export function firstNonFinite(tensors: NamedTensors): string | null {
  for (const [name, data] of tensors) {
    // Integers are always finite; `every` would call a function for each of millions of weights.
    if (elementTypeOf(data) !== "f32") continue;
    for (let i = 0; i < data.length; i++) {
      if (!Number.isFinite(data[i])) return name;
    }
  }
  return null;
}

/** The first value that is not finite in the given rows of a split, features before targets. */
export function nonFiniteDatum(split: Split, rows: Iterable<number>): NonFiniteFailure["datum"] {
  const store = rowsOf(split);
  for (const row of rows) {
    const fields = rowsAsTheyLie(store, row, 1);
    for (const [column, name] of [
      ["feature", ONLY_INPUT],
      ["target", TARGETS],
    ] as const) {
      const index = (fields.get(name) ?? []).findIndex((value) => !Number.isFinite(value));
      if (index >= 0) return { row: split.rowNumbers[row] ?? row + 1, column, index };
    }
  }
  return null;
}

/**
 * The first layer, in order of the program, whose output for any of the rows is not finite with the
 * executable's present weights. They are traced `size` at a time, for which the program has a function; the last
 * piece is filled up by repeating its rows.
 */
export function nonFiniteLayer(
  executable: Executable,
  store: RowStore,
  rows: Uint32Array,
  size: number,
): string | null {
  const { inputs, outputs, run } = executable.invocation("trace", size);
  let first: { readonly layer: string; readonly position: number } | null = null;
  for (let start = 0; start < rows.length; start += size) {
    const piece = rows.subarray(start, start + size);
    const order = Uint32Array.from({ length: size }, (_, i) => at(piece, i % piece.length));
    store.gather(order, 0, size, inputs);
    run();
    let position = 0;
    for (const [layer, output] of outputs) {
      if (firstNonFinite(new Map([[layer, output]])) !== null) {
        if (first === null || position < first.position) first = { layer, position };
        break;
      }
      position++;
    }
  }
  return first?.layer ?? null;
}

/** The largest magnitude in the named tensors; integers do not count. */
export function largestMagnitude(tensors: NamedTensors, names: ReadonlySet<string>): number {
  let largest = 0;
  for (const [name, data] of tensors) {
    if (!names.has(name) || elementTypeOf(data) !== "f32") continue;
    for (let i = 0; i < data.length; i++) largest = Math.max(largest, Math.abs(data[i] ?? 0));
  }
  return largest;
}
