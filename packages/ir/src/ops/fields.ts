// The attributes of an operation seen uniformly: name, kind and value of each, in the order of its
// definition. The text form, the verifier and common subexpression elimination work on this view.

import type { AnyOp } from "../core/program.ts";
import type { ElementType, TensorType } from "../core/types.ts";
import type { FieldKind } from "./definition.ts";
import { type OpName, ops } from "./table.ts";

/** What a field of each kind holds. */
export interface FieldValues {
  readonly integer: number;
  readonly integers: readonly number[];
  readonly numbers: readonly number[];
  readonly word: string;
  readonly type: TensorType;
  readonly types: readonly TensorType[];
  readonly record: Readonly<Record<string, number>>;
}

export interface Field {
  readonly name: string;
  readonly kind: FieldKind;
  /** Not known to fit the kind: programs may be built by hand. */
  readonly value: unknown;
}

export function fieldKinds(name: OpName): Readonly<Record<string, FieldKind>> {
  return ops[name].fields;
}

export function fieldsOf(op: AnyOp): readonly Field[] {
  const values: Readonly<Record<string, unknown>> = { ...op.attributes };
  return Object.entries(fieldKinds(op.name)).map(([name, kind]) => ({ name, kind, value: values[name] }));
}

const ELEMENT_TYPES: Readonly<Record<ElementType, true>> = { f32: true, i32: true, u32: true, pred: true };

export function isElementType(value: unknown): value is ElementType {
  return typeof value === "string" && Object.hasOwn(ELEMENT_TYPES, value);
}

function isInteger(value: unknown): value is number {
  return Number.isSafeInteger(value);
}

function isListOf<T>(value: unknown, isElement: (element: unknown) => element is T): value is readonly T[] {
  return Array.isArray(value) && value.every(isElement);
}

function isNumber(value: unknown): value is number {
  return typeof value === "number";
}

/** An element type that exists and dimensions that are integers from 0. */
export function isTensorType(value: unknown): value is TensorType {
  return (
    typeof value === "object" &&
    value !== null &&
    "dtype" in value &&
    isElementType(value.dtype) &&
    "shape" in value &&
    isListOf(value.shape, isInteger) &&
    value.shape.every((dimension) => dimension >= 0)
  );
}

/** Whether a value is one that a field of the kind may hold. */
export const isField: { readonly [K in FieldKind]: (value: unknown) => value is FieldValues[K] } = {
  integer: isInteger,
  integers: (value) => isListOf(value, isInteger),
  numbers: (value) => isListOf(value, isNumber),
  word: (value) => typeof value === "string",
  type: isTensorType,
  types: (value) => isListOf(value, isTensorType),
  record: (value): value is FieldValues["record"] =>
    typeof value === "object" && value !== null && Object.values(value).every(isNumber),
};
