// What a network is given for each row of a table.

import { type InputOf, inputsOfColumns, isPlain, type ValueType } from "@netwright/definitions";
import type { FittedColumn } from "../fitted/fitted-encoders.ts";
import { codingOf } from "../preprocess/encoders.ts";

/** A fitted column with what a row of it becomes. */
export interface CodedColumn {
  readonly name: string;
  readonly type: ValueType;
  readonly fitted: FittedColumn;
}

export function inputsOf(features: readonly FittedColumn[]): readonly InputOf<CodedColumn>[] {
  return inputsOfColumns(features.map(coded));
}

/** The column that each number of the input of plain numbers comes from. */
export function columnsOfNumbers(features: readonly FittedColumn[]): readonly string[] {
  return features
    .map(coded)
    .filter(isPlain)
    .flatMap(({ name, type }) => new Array<string>(sizeOf(type)).fill(name));
}

/** How many numbers a row of the column becomes. */
export function widthOf(column: FittedColumn): number {
  return sizeOf(codingOf(column).output);
}

export function sizeOf({ shape }: ValueType): number {
  return shape.reduce((product, size) => product * size, 1);
}

function coded(fitted: FittedColumn): CodedColumn {
  return { name: fitted.name, type: codingOf(fitted).output, fitted };
}
