// What a network is given for each row of a table: the numbers of all columns side by side as `x`, and each column that
// becomes an index, or has a shape of its own, under its name.

import { numbersOf, type ValueType } from "@netwright/definitions";
import type { FittedColumn } from "../fitted/fitted-encoders.ts";
import { codingOf } from "../preprocess/encoders.ts";

export interface EncodedInputType {
  readonly name: string;
  readonly type: ValueType;
  /** The columns that it is made of. */
  readonly columns: readonly FittedColumn[];
}

/** The input of all that are plain numbers. */
export const NUMBERS = "x";

export function inputsOf(features: readonly FittedColumn[]): readonly EncodedInputType[] {
  const plain = features.filter(isPlain);
  const own = features.filter((column) => !isPlain(column));
  const width = plain.reduce((sum, column) => sum + widthOf(column), 0);
  return [
    ...(plain.length === 0 ? [] : [{ name: NUMBERS, type: numbersOf([width]), columns: plain }]),
    ...own.map((column) => ({ name: column.name, type: codingOf(column).output, columns: [column] })),
  ];
}

/** The column that each number of the input of plain numbers comes from. */
export function columnsOfNumbers(features: readonly FittedColumn[]): readonly string[] {
  return features.filter(isPlain).flatMap((column) => new Array<string>(widthOf(column)).fill(column.name));
}

/** How many numbers a row of the column becomes. */
export function widthOf(column: FittedColumn): number {
  return codingOf(column).output.shape.reduce((product, size) => product * size, 1);
}

function isPlain(column: FittedColumn): boolean {
  const { kind, shape } = codingOf(column).output;
  return kind === "number" && shape.length === 1;
}
