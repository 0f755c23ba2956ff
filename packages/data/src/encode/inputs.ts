// What a network is given for each row of a table.

import {
  type InputOf,
  inputsOfColumns,
  isPlain,
  type MadeImage,
  markedType,
  type ValueType,
  windowedType,
} from "@netwright/definitions";
import type { OpenColumn, OpenEncoders } from "../fitted/open-encoders.ts";

/** A column with what a row of it becomes. */
export interface CodedColumn {
  readonly name: string;
  readonly type: ValueType;
  readonly column: OpenColumn;
  readonly image?: MadeImage;
}

export function inputsOf(features: readonly OpenColumn[]): readonly InputOf<CodedColumn>[] {
  return inputsOfColumns(features.map(coded));
}

/** The inputs of the network: as `inputsOf` has them, of series each with the rows of a window one behind the other. */
export function networkInputs({ features, fitted }: Pick<OpenEncoders, "features" | "fitted">) {
  const { window } = fitted;
  return inputsOf(features).map((input) => ({
    ...input,
    type: window === undefined ? input.type : windowedType(input.type, window.length),
  }));
}

/** The column that each number of the input of plain numbers comes from; of a window those of each of its rows. */
export function columnsOfNumbers({
  features,
  fitted,
}: Pick<OpenEncoders, "features" | "fitted">): readonly string[] {
  const ofRow = features
    .map(coded)
    .filter(isPlain)
    .flatMap(({ name, type }) => new Array<string>(sizeOf(type)).fill(name));
  return new Array<readonly string[]>(fitted.window?.length ?? 1).fill(ofRow).flat();
}

/** What a row of the column becomes, with the number that tells whether its value is missing. */
export function outputOf({ coding, fitted }: OpenColumn): ValueType {
  return fitted.missing.indicator === true ? markedType(coding.output) : coding.output;
}

/** How many numbers that is. */
export function widthOf(column: OpenColumn): number {
  return sizeOf(outputOf(column));
}

export function sizeOf({ shape }: ValueType): number {
  return shape.reduce((product, size) => product * size, 1);
}

export function coded(column: OpenColumn): CodedColumn {
  const image = column.kind === "number" ? column.fitted.image : undefined;
  const part = image === undefined ? {} : { image };
  return { name: column.fitted.name, type: outputOf(column), column, ...part };
}
