// A tensor of the reference backend: its type and a dense row-major array. Tensors are never changed once
// they leave the kernel that made them, so results may share the data of operands.

import { ConstraintError, type ElementType, formatType, sizeOf, type TensorType } from "@netwright/ir";

/** `f32`, `i32` and `u32` in their own arrays; `pred` as 0 and 1 in a Uint8Array. */
export type TensorArray = Float32Array | Int32Array | Uint32Array | Uint8Array;

export interface Tensor {
  readonly type: TensorType;
  readonly data: TensorArray;
}

const newArray: { readonly [D in ElementType]: (size: number) => TensorArray } = {
  f32: (size) => new Float32Array(size),
  i32: (size) => new Int32Array(size),
  u32: (size) => new Uint32Array(size),
  pred: (size) => new Uint8Array(size),
};

/** A tensor of zeros. */
export function zeros(type: TensorType): Tensor {
  return { type, data: newArray[type.dtype](sizeOf(type.shape)) };
}

/** A tensor with these elements, row-major. @throws ConstraintError when their number does not fit. */
export function tensorOf(type: TensorType, values: ArrayLike<number>): Tensor {
  const result = zeros(type);
  if (values.length !== result.data.length) {
    throw new ConstraintError("tensor_size", `${values.length} values for ${formatType(type)}`);
  }
  result.data.set(values);
  return result;
}

/** An element that has to be there: a wrong index is a bug, and must not become a wrong number. @throws RangeError */
export function elementAt(data: TensorArray, index: number): number {
  const element = data[index];
  if (element === undefined) throw new RangeError(`there is no element ${index} of ${data.length}`);
  return element;
}

/** The operand at `index`. Programs are verified, so a missing one is a bug. */
export function operandAt(operands: readonly Tensor[], index: number): Tensor {
  const found = operands[index];
  if (found === undefined) throw new ConstraintError("operand_count", `operand ${index} is missing`);
  return found;
}

/** The only type in a list of result types. */
export function onlyType(types: readonly TensorType[]): TensorType {
  const [type] = types;
  if (type === undefined) throw new ConstraintError("result_count", "one result type expected, got none");
  return type;
}
