// The inputs of a network, from what the columns of its data become: plain numbers lie side by side in one of them, the
// pixels of an image in one of their own, and so does whatever else a column becomes.

import { numbersOf, type ValueType } from "./value-type.ts";

/** What the only input is called, and of several that of the plain numbers. */
export const ONLY_INPUT = "x";

/** Names under which a program is fed what is no column, and the word of a file for all plain numbers. */
const TAKEN: ReadonlySet<string> = new Set([ONLY_INPUT, "y", "weight", "features"]);

export interface EncodedColumn {
  readonly name: string;
  /** What a row of it becomes. */
  readonly type: ValueType;
  /** The image that the column is a part of; absent where it is none. */
  readonly image?: MadeImage;
}

/** An image that is made of several columns, which stand side by side in the order of its numbers. */
export interface MadeImage {
  readonly name: string;
  /** [height, width, channels] */
  readonly shape: readonly number[];
}

export interface InputOf<C extends EncodedColumn> {
  readonly name: string;
  readonly type: ValueType;
  /** The columns that it is made of. */
  readonly columns: readonly C[];
}

export function inputsOfColumns<C extends EncodedColumn>(columns: readonly C[]): readonly InputOf<C>[] {
  const plain = columns.filter(isPlain);
  const width = plain.reduce((sum, { type }) => sum + (type.shape[0] ?? 0), 0);
  const names = new Set(columns.map(({ name }) => name));
  const own = new Map<string, { name: string; type: ValueType; columns: C[] }>();
  for (const column of columns) {
    if (isPlain(column)) continue;
    const { image } = column;
    const name = inputName(image?.name ?? column.name, names);
    const known = own.get(name);
    if (known !== undefined) known.columns.push(column);
    else {
      const type = image === undefined ? column.type : numbersOf(image.shape);
      own.set(name, { name, type, columns: [column] });
    }
  }
  const others = [...own.values()];
  return plain.length === 0
    ? others
    : [{ name: ONLY_INPUT, type: numbersOf([width]), columns: plain }, ...others];
}

/** What so many rows become, one behind the other in time: of numbers [steps, numbers]. */
export function windowedType(type: ValueType, steps: number): ValueType {
  return { ...type, shape: [steps, ...type.shape] };
}

/** Numbers that may lie beside others. */
export function isPlain({ type: { kind, shape }, image }: Pick<EncodedColumn, "type" | "image">): boolean {
  return kind === "number" && shape.length === 1 && image === undefined;
}

function inputName(column: string, columns: ReadonlySet<string>): string {
  if (!TAKEN.has(column)) return column;
  let name = `${column}_`;
  while (columns.has(name)) name += "_";
  return name;
}
