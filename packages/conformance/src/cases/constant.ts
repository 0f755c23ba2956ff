// Cases of constant and iota, which have no operands.

import { type ElementType, sizeOf, tensor } from "@netwright/ir";
import fc from "fast-check";
import type { OpCase } from "../ops/op-case.ts";
import { emptyShapes, operand, shapes } from "../values/arbitraries.ts";
import { edgeValues, subnormals } from "../values/edge-values.ts";
import { elementTypes } from "./allowed-types.ts";

function literals(dtype: ElementType): OpCase<"constant">["applications"] {
  return () =>
    shapes()
      .chain((shape) => operand(tensor(dtype, shape), "wide"))
      .map(({ type, data }) => ({ operands: [], attributes: { type, values: [...data] } }));
}

function fills(
  dtype: ElementType,
  shape: fc.Arbitrary<readonly number[]>,
): OpCase<"constant">["applications"] {
  return () =>
    fc.tuple(shape, operand(tensor(dtype, [1]), "edges")).map(([s, one]) => ({
      operands: [],
      attributes: { type: tensor(dtype, s), values: [...one.data] },
    }));
}

function edges(dtype: ElementType): OpCase<"constant">["applications"] {
  const values = dtype === "f32" ? [...edgeValues.f32, ...subnormals, Number.NaN] : edgeValues[dtype];
  return () => [{ operands: [], attributes: { type: tensor(dtype, [values.length]), values } }];
}

export const constantCases: readonly OpCase<"constant">[] = elementTypes.flatMap((dtype) => [
  { variant: `${dtype} literals`, tolerance: "exact" as const, applications: literals(dtype) },
  { variant: `${dtype} fills`, tolerance: "exact" as const, applications: fills(dtype, shapes()) },
  { variant: `${dtype} empty`, tolerance: "exact" as const, applications: fills(dtype, emptyShapes()) },
  { variant: `${dtype} edge values`, tolerance: "exact" as const, applications: edges(dtype) },
]);

function counts(dtype: ElementType, shape: fc.Arbitrary<readonly number[]>): OpCase<"iota">["applications"] {
  return () =>
    shape
      .filter((s) => s.length > 0 && sizeOf(s) < 5000)
      .chain((s) =>
        fc
          .nat({ max: s.length - 1 })
          .map((dimension) => ({ operands: [], attributes: { type: tensor(dtype, s), dimension } })),
      );
}

export const iotaCases: readonly OpCase<"iota">[] = (["f32", "i32", "u32"] as const).flatMap((dtype) => [
  { variant: `${dtype} shapes`, tolerance: "exact" as const, applications: counts(dtype, shapes()) },
  { variant: `${dtype} empty`, tolerance: "exact" as const, applications: counts(dtype, emptyShapes()) },
]);
