// What an operation's file says about it: operands, attributes, and the types of its results.
// Constraints have labels (`dot_general_c3`) that appear here and in the negative tests.

import type { TensorType } from "../core/types.ts";

/** How an attribute is written in the text form. */
export type FieldKind = "integer" | "integers" | "numbers" | "word" | "type" | "types" | "record";

export type NoAttributes = Readonly<Record<never, never>>;

export interface OpDefinition<A extends object> {
  readonly summary: string;
  /** Number of operands, or at least one. */
  readonly operands: number | "variadic";
  readonly fields: { readonly [F in keyof A]: FieldKind };
  /** The result types. @throws ConstraintError when operands or attributes break a constraint. */
  readonly infer: (operands: readonly TensorType[], attributes: A) => readonly TensorType[];
}

/** A program breaks a rule of the IR: always a bug of whoever built it, never a user's mistake. */
export class ConstraintError extends Error {
  readonly constraint: string;
  constructor(constraint: string, message: string) {
    super(`${constraint}: ${message}`);
    this.name = "ConstraintError";
    this.constraint = constraint;
  }
}

export function constrain(condition: boolean, constraint: string, message: string): asserts condition {
  if (!condition) throw new ConstraintError(constraint, message);
}

/** The operand at `index`; the builder and the verifier have checked the count before. */
export function operand(operands: readonly TensorType[], index: number): TensorType {
  const type = operands[index];
  if (type === undefined) throw new ConstraintError("operand_count", `operand ${index} is missing`);
  return type;
}
