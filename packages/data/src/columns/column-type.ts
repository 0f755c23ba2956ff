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

export interface ColumnType
  extends Documented,
    Pick<ColumnDefinition, "takes" | "many" | "words" | "bounds" | "encoder" | "missing" | "conflict"> {
  readonly contract: (args: Args) => Contract;
}

export const defineColumnType = definer<ColumnType, "words" | "bounds" | "conflict">({
  words: () => null,
  bounds: () => ({ min: null, max: null }),
  conflict: () => null,
});

/** A definition among the arguments. */
export function chosen(argument: Argument | undefined): Chosen | null {
  return typeof argument === "object" && argument !== null && "family" in argument ? argument : null;
}
