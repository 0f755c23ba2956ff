// Where the numbers of one column stand in the rows that a network takes.

import { inputsOf, sizeOf } from "../encode/inputs.ts";
import type { OpenColumn } from "../fitted/open-encoders.ts";

/** Side by side in each row of a field; of a window in each of its rows, which stand one behind the other. */
export interface Block {
  readonly field: string;
  readonly start: number;
  readonly size: number;
  /** How often they come, and how many numbers behind one another they begin. */
  readonly steps: number;
  readonly stride: number;
}

/** Undefined where no feature has that name; `steps` are the rows of a window, 1 where each row is for itself. */
export function blockOf(features: readonly OpenColumn[], column: string, steps = 1): Block | undefined {
  for (const { name: field, columns, type: all } of inputsOf(features)) {
    let start = 0;
    for (const { name, type } of columns) {
      const size = sizeOf(type);
      if (name === column) return { field, start, size, steps, stride: sizeOf(all) };
      start += size;
    }
  }
  return undefined;
}
