// The inputs of a network, from what the columns of its data become: plain numbers lie side by side in one of them, and
// whatever else a column becomes is one of its own.

import { numbersOf, type ValueType } from "./value-type.ts";

/** What the only input is called, and of several that of the plain numbers. */
export const ONLY_INPUT = "x";

/** Names under which a program is fed what is no column, and the word of a file for all plain numbers. */
const TAKEN: ReadonlySet<string> = new Set([ONLY_INPUT, "y", "weight", "features"]);

export interface EncodedColumn {
  readonly name: string;
  /** What a row of it becomes. */
  readonly type: ValueType;
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
  const own = columns
    .filter((column) => !isPlain(column))
    .map((column) => ({ name: inputName(column.name, names), type: column.type, columns: [column] }));
  return plain.length === 0 ? own : [{ name: ONLY_INPUT, type: numbersOf([width]), columns: plain }, ...own];
}

/** What so many rows become, one behind the other in time: of numbers [steps, numbers]. */
export function windowedType(type: ValueType, steps: number): ValueType {
  return { ...type, shape: [steps, ...type.shape] };
}

/** Numbers that may lie beside others. */
export function isPlain({ type: { kind, shape } }: Pick<EncodedColumn, "type">): boolean {
  return kind === "number" && shape.length === 1;
}

function inputName(column: string, columns: ReadonlySet<string>): string {
  if (!TAKEN.has(column)) return column;
  let name = `${column}_`;
  while (columns.has(name)) name += "_";
  return name;
}
