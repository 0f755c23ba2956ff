// Operations without operands: constant and iota.

import { sizeOf, type TensorType } from "../core/types.ts";
import { constrain, type OpDefinition } from "./definition.ts";

export interface ConstantAttributes {
  readonly type: TensorType;
  /** One number fills the whole tensor; otherwise one for each element, row-major. pred uses 0 and 1. */
  readonly values: readonly number[];
}

export const constant: OpDefinition<ConstantAttributes> = {
  summary: "a literal tensor",
  operands: 0,
  fields: { type: "type", values: "numbers" },
  infer: (_, { type, values }) => {
    const count = sizeOf(type.shape);
    constrain(
      values.length === 1 || values.length === count,
      "constant_c1",
      `${values.length} values for ${count} elements`,
    );
    constrain(
      type.dtype !== "f32" || values.every((v) => Object.is(v, Math.fround(v))),
      "constant_c2",
      "values of an f32 constant must be representable in f32",
    );
    return [type];
  },
};

export interface IotaAttributes {
  readonly type: TensorType;
  readonly dimension: number;
}

export const iota: OpDefinition<IotaAttributes> = {
  summary: "the index along one dimension",
  operands: 0,
  fields: { type: "type", dimension: "integer" },
  infer: (_, { type, dimension }) => {
    constrain(type.dtype !== "pred", "iota_c1", "pred has no index values");
    constrain(
      Number.isInteger(dimension) && dimension >= 0 && dimension < type.shape.length,
      "iota_c2",
      `dimension ${dimension} is outside a tensor of rank ${type.shape.length}`,
    );
    return [type];
  },
};
