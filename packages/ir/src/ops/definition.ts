// What an operation's file says about it: operands, attributes, the types of its results, what it costs and, where
// it is derived, what it means in other operations.
// Constraints have labels (`dot_general_c3`) that appear here and in the negative tests.

import type { Builder } from "../core/builder.ts";
import type { Value } from "../core/program.ts";
import { sizeOf, type TensorType } from "../core/types.ts";

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
  /** Without it the operation counts nothing. */
  readonly cost?: (types: OpTypes, attributes: A) => Cost;
}

/**
 * An operation that is other operations: a backend without a kernel for it runs those, and a kernel must give their
 * bits. Gradients go through them where there is no rule.
 */
export interface DerivedDefinition<A extends object> extends OpDefinition<A> {
  /** The results, in operations of the IR; how many must not grow with the sizes of the operands, for `scan` but with its steps. */
  readonly decompose: (b: Builder, operands: readonly Value[], attributes: A) => readonly Value[];
}

export interface OpTypes {
  readonly operands: readonly TensorType[];
  readonly results: readonly TensorType[];
}

/** Of one run. */
export interface Cost {
  /** Multiply-accumulates of contractions. */
  readonly macs: number;
  /** Floating-point operations: see `flopsOf`. */
  readonly flops: number;
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

/** One floating-point operation for each f32 element of the first result. */
export function costOfElements({ results: [result] }: OpTypes): Cost {
  return { macs: 0, flops: result?.dtype === "f32" ? sizeOf(result.shape) : 0 };
}

/** The operand at `index`; the builder and the verifier have checked the count before. */
export function operand(operands: readonly TensorType[], index: number): TensorType {
  const type = operands[index];
  if (type === undefined) throw new ConstraintError("operand_count", `operand ${index} is missing`);
  return type;
}
