// How one operation of the IR stands in the text: as an operation of StableHLO, or as the call of a function of the
// module that has it in several. Whoever reads gets attributes from what stands between the name of the operation and
// its types; that nothing else stood there is found by printing again.

import type { AnyOp, Attributes, ElementType, Op, OpName, TensorType, Value } from "@netwright/ir";
import { behind } from "../behind.ts";

/** Where the lines of one function go. */
export interface Body {
  use(value: Value): string;
  /** A line with one result; gives its name. */
  line(text: string): string;
  /** A line with so many results; gives their names. */
  lines(text: string, results: number): readonly string[];
  /** A scalar constant that belongs to the operation after it. */
  initial(value: number, dtype: ElementType): string;
  /** One operation of the IR, whose results have names from then on. */
  op(op: AnyOp): void;
  /** The same lines for other values of the IR, which have these names. */
  inside(names: ReadonlyMap<number, string>): Body;
}

export interface Written<K extends OpName> {
  /** `stablehlo.add`: which operation it is for whoever reads. */
  readonly mnemonic: string;
  /** All behind `=`. */
  readonly print: (op: Op<K>, body: Body) => string;
  /** From what stands between mnemonic and types; undefined where it is nothing of the kind. */
  readonly read: (head: string, results: readonly TensorType[]) => Attributes[K] | undefined;
}

export interface Called<K extends OpName> {
  /** Absent: always. */
  readonly when?: (op: Op<K>) => boolean;
  /** Lines of the function, which takes and gives what the operation does; gives the names of its results. */
  readonly define: (op: Op<K>, body: Body) => readonly string[];
}

export type Form<K extends OpName> =
  | { readonly written: Written<K>; readonly called?: Called<K> }
  | { readonly written?: undefined; readonly called: Called<K> };

/** Its operand at that place, of a verified program. */
export function operandOf(op: { readonly operands: readonly Value[] }, index: number): Value {
  const value = op.operands[index];
  if (value === undefined) throw new Error(`operand ${index} is missing`);
  return value;
}

/** Its first result, of a verified program. */
export function resultOf(op: { readonly results: readonly Value[] }): Value {
  const [value] = op.results;
  if (value === undefined) throw new Error("an operation without a result");
  return value;
}

/** The numbers of `key = [1, 2]` in a line. */
export function listIn(head: string, key: string): readonly number[] | undefined {
  const list = /^\[([^\]]*)\]/.exec(behind(head, key) ?? "")?.[1];
  return list === undefined ? undefined : readList(list);
}

/** The numbers of `key = array<i64: 1, 2>` in a line. */
export function arrayIn(head: string, key: string): readonly number[] | undefined {
  const list = /^array<i64(?:: ([^>]*))?>/.exec(behind(head, key) ?? "");
  return list === null ? undefined : readList(list[1] ?? "");
}

export function readList(text: string): readonly number[] {
  return text.trim() === "" ? [] : text.split(",").map(Number);
}

/** The number of `key = 1` in a line. */
export function numberIn(head: string, key: string): number | undefined {
  const found = /^-?\d+/.exec(behind(head, key) ?? "")?.[0];
  return found === undefined ? undefined : Number(found);
}
