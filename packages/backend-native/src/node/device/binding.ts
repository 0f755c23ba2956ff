// The part of tfjs-node's native addon that the backend uses: eager execution of TensorFlow's operations on
// numbered tensors. tfjs-node publishes no types for it; the checks here find an addon of another form.

import type { TensorInfo } from "@tensorflow/tfjs-core";

/** An attribute of an operation, as the addon takes it. */
export interface OpAttr {
  readonly name: string;
  /** One of the addon's TF_ATTR_ numbers. */
  readonly type: number;
  readonly value: string | number | boolean | readonly number[];
}

export interface OpOutput {
  readonly id: number;
  readonly shape: TensorInfo["shape"];
  /** One of the addon's numbers of element types. */
  readonly dtype: number;
}

export interface Binding {
  readonly TF_Version: string;
  readonly TF_FLOAT: number;
  readonly TF_INT32: number;
  readonly TF_BOOL: number;
  readonly TF_ATTR_BOOL: number;
  readonly TF_ATTR_FLOAT: number;
  readonly TF_ATTR_INT: number;
  readonly TF_ATTR_SHAPE: number;
  readonly TF_ATTR_STRING: number;
  readonly TF_ATTR_TYPE: number;
  createTensor(shape: readonly number[], dtype: number, values: ArrayBufferView): number;
  deleteTensor(id: number): void;
  /** A copy. */
  tensorDataSync(id: number): unknown;
  executeOp(
    name: string,
    attrs: readonly OpAttr[],
    inputs: readonly number[],
    outputs: number,
  ): readonly OpOutput[];
}

const METHODS = ["createTensor", "deleteTensor", "tensorDataSync", "executeOp"] as const;
const NUMBERS = [
  "TF_FLOAT",
  "TF_INT32",
  "TF_BOOL",
  "TF_ATTR_BOOL",
  "TF_ATTR_FLOAT",
  "TF_ATTR_INT",
  "TF_ATTR_SHAPE",
  "TF_ATTR_STRING",
  "TF_ATTR_TYPE",
] as const;

export function isBinding(value: unknown): value is Binding {
  if (typeof value !== "object" || value === null) return false;
  const members = value as Readonly<Record<string, unknown>>; // any object has members by name
  return (
    METHODS.every((name) => typeof members[name] === "function") &&
    NUMBERS.every((name) => typeof members[name] === "number") &&
    typeof members["TF_Version"] === "string"
  );
}
