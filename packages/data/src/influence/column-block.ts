// Where the numbers of one column stand in the rows that a network takes.

import { inputsOf, sizeOf } from "../encode/inputs.ts";
import type { OpenColumn } from "../fitted/open-encoders.ts";

/** Side by side in each row of a field. */
export interface Block {
  readonly field: string;
  readonly start: number;
  readonly size: number;
}

/** Undefined where no feature has that name. */
export function blockOf(features: readonly OpenColumn[], column: string): Block | undefined {
  for (const { name: field, columns } of inputsOf(features)) {
    let start = 0;
    for (const { name, type } of columns) {
      const size = sizeOf(type);
      if (name === column) return { field, start, size };
      start += size;
    }
  }
  return undefined;
}
