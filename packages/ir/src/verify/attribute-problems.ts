// What is wrong with the attributes of an operation, before its own constraints are asked: whoever builds one and
// whoever verifies it say the same.
//
// - attribute_c1: each attribute is there and of its kind
// - attribute_c2: values of a constant are of its element type: integers in range, 0 and 1 for pred

import type { AnyOp } from "../core/program.ts";
import type { ElementType } from "../core/types.ts";
import { fieldsOf, isField } from "../ops/fields.ts";

export interface AttributeProblem {
  readonly constraint: string;
  readonly message: string;
}

const isOfType: { readonly [K in ElementType]: (value: number) => boolean } = {
  // Whether an f32 holds the value is a constraint of `constant`.
  f32: () => true,
  i32: (value) => Object.is(value, value | 0),
  u32: (value) => Object.is(value, value >>> 0),
  pred: (value) => Object.is(value, 0) || value === 1,
};

export function attributeProblems(op: AnyOp): readonly AttributeProblem[] {
  const broken = fieldsOf(op).filter(({ kind, value }) => !isField[kind](value));
  if (broken.length > 0) {
    return broken.map(({ name, kind }) => ({
      constraint: "attribute_c1",
      message: `attribute ${name} is not of kind ${kind}`,
    }));
  }
  if (op.name !== "constant") return [];
  const { type, values } = op.attributes;
  const wrong = values.find((value) => !isOfType[type.dtype](value));
  return wrong === undefined
    ? []
    : [{ constraint: "attribute_c2", message: `${wrong} is not a value of ${type.dtype}` }];
}
