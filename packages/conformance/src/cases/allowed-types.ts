// Which element types an operation takes, asked from the IR's own constraints: a type that is newly allowed is
// tested at once.

import {
  type Attributes,
  ConstraintError,
  type ElementType,
  type OpName,
  ops,
  type TensorType,
} from "@netwright/ir";

export const elementTypes: readonly ElementType[] = ["f32", "i32", "u32", "pred"];

/** Element types for which the operation's own constraints hold. */
export function allowedTypes<K extends OpName>(
  name: K,
  attributes: Attributes[K],
  operands: (dtype: ElementType) => readonly TensorType[],
): readonly ElementType[] {
  return elementTypes.filter((dtype) => {
    try {
      ops[name].infer(operands(dtype), attributes);
      return true;
    } catch (error) {
      if (error instanceof ConstraintError) return false;
      throw error;
    }
  });
}
