// Cases of convert: from every element type to every other and to itself.

import { type ElementType, tensor } from "@netwright/ir";
import type fc from "fast-check";
import type { OpCase } from "../ops/op-case.ts";
import { emptyShapes, operand, shapes } from "../values/arbitraries.ts";
import { fixedValues, row } from "../values/fixed-values.ts";
import { elementTypes } from "./allowed-types.ts";

function convertCase(from: ElementType, to: ElementType): readonly OpCase<"convert">[] {
  const attributes = { dtype: to };
  const over =
    (shape: fc.Arbitrary<readonly number[]>): OpCase<"convert">["applications"] =>
    () =>
      shape.chain((s) => operand(tensor(from, s), "wide")).map((x) => ({ operands: [x], attributes }));
  return [
    { variant: `${from} to ${to} shapes`, tolerance: "exact", applications: over(shapes()) },
    { variant: `${from} to ${to} empty`, tolerance: "exact", applications: over(emptyShapes()) },
    ...fixedValues(from).map(({ variant, values }) => ({
      variant: variant.replace(from, `${from} to ${to}`),
      tolerance: "exact" as const,
      applications: () => [{ operands: [row(from, values)], attributes }],
    })),
  ];
}

export const convertCases: readonly OpCase<"convert">[] = elementTypes.flatMap((from) =>
  elementTypes.flatMap((to) => convertCase(from, to)),
);
