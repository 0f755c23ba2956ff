// Constant tensors as passes see them: a type and its values, one for a splat (all elements equal).

import { at } from "@netwright/definitions";
import type { Value } from "../core/program.ts";
import { sizeOf, type TensorType } from "../core/types.ts";
import type { Rewriter } from "./rewrite.ts";

export interface Literal {
  readonly type: TensorType;
  /** One number for all elements, or one for each, row-major. */
  readonly values: readonly number[];
}

export function isSplat({ values }: Literal): boolean {
  return values.length === 1;
}

/** The element at a row-major position. */
export function elementAt({ values }: Literal, position: number): number {
  return at(values, values.length === 1 ? 0 : position);
}

/** The number that fills the value, if a constant operation defines it so. */
export function splatOf(value: Value, { definition }: Rewriter): number | undefined {
  const op = definition(value);
  return op?.name === "constant" && op.attributes.values.length === 1 ? op.attributes.values[0] : undefined;
}

/** Whether it is filled with exactly this number; -0 and +0 differ. */
export function isFilledWith(value: Value, number: number, rewriter: Rewriter): boolean {
  return Object.is(splatOf(value, rewriter), number);
}

/** Above this many elements nothing is computed or written out at compile time. */
export const MAXIMUM_ELEMENTS = 4096;

/** The literal that defines the value: a constant, or an iota that is small enough to be written out. */
export function literalOf(value: Value, { definition }: Rewriter): Literal | undefined {
  const op = definition(value);
  if (op?.name === "constant") return op.attributes;
  if (op?.name !== "iota") return undefined;
  const { type, dimension } = op.attributes;
  const size = sizeOf(type.shape);
  if (size > MAXIMUM_ELEMENTS) return undefined;
  const stride = sizeOf(type.shape.slice(dimension + 1));
  const extent = at(type.shape, dimension);
  return { type, values: Array.from({ length: size }, (_, i) => Math.floor(i / stride) % extent) };
}
