// What a type of column is: what its values must be, and which encoder and policy the file chooses for it. Each lives in
// a file of its own beside this one; `table.ts` gathers them.

import {
  type Args,
  type Argument,
  type Chosen,
  type ColumnDefinition,
  type Documented,
  definer,
} from "@netwright/definitions";
import type { Contract } from "../fitted/contract.ts";
import type { CellReading, ReadingParams } from "../reading/cell-reading.ts";

export interface ColumnType
  extends Documented,
    Pick<
      ColumnDefinition,
      "takes" | "many" | "madeOf" | "words" | "bounds" | "encoder" | "missing" | "clamps" | "conflict"
    > {
  readonly contract: (args: Args) => Contract;
  /**
   * Of a column of numbers that cells say in words: what is to be saved of how they are written, from all different cells
   * of the column and the arguments. Null where cells are read as those of any column.
   */
  readonly settle: ((words: readonly string[], args: Args) => ReadingParams) | null;
  /** How cells are read, from what `settle` gave or what was read back; null where it is not this type's. */
  readonly reading: ((params: ReadingParams) => CellReading | null) | null;
}

export const defineColumnType = definer<
  ColumnType,
  "madeOf" | "words" | "bounds" | "clamps" | "conflict" | "settle" | "reading"
>({
  madeOf: null,
  settle: null,
  reading: null,
  words: () => null,
  bounds: () => ({ min: null, max: null }),
  clamps: () => false,
  conflict: () => null,
});

/** A definition among the arguments. */
export function chosen(argument: Argument | undefined): Chosen | null {
  return typeof argument === "object" && argument !== null && "family" in argument ? argument : null;
}
