// Cases of operations on two operands of one type: the binary ones and compare.

import { type Attributes, type ElementType, type OpName, tensor } from "@netwright/ir";
import fc from "fast-check";
import type { ToleranceClass } from "../kit/tolerance.ts";
import type { Application } from "../ops/application.ts";
import type { OpCase } from "../ops/op-case.ts";
import { emptyShapes, operand, shapes } from "../values/arbitraries.ts";
import { edgeValues } from "../values/edge-values.ts";
import { fixedValues, pairs, row } from "../values/fixed-values.ts";

/** For each of the attributes. */
export function twoOperands<K extends OpName>(
  dtype: ElementType,
  tolerance: ToleranceClass,
  attributes: readonly Attributes[K][],
): readonly OpCase<K>[] {
  const over =
    (shape: fc.Arbitrary<readonly number[]>): OpCase<K>["applications"] =>
    () =>
      fc
        .tuple(shape, fc.constantFrom(...attributes))
        .chain(([s, a]) =>
          fc
            .tuple(operand(tensor(dtype, s), "wide"), operand(tensor(dtype, s), "wide"))
            .map(([x, y]): Application<K> => ({ operands: [x, y], attributes: a })),
        );
  return [
    { variant: `${dtype} shapes`, tolerance, applications: over(shapes()) },
    { variant: `${dtype} empty`, tolerance, applications: over(emptyShapes()) },
    ...fixedValues(dtype).map(({ variant, values }) => ({
      variant,
      tolerance,
      applications: () => {
        const [x, y] = pairs(values, [...new Set([...values, ...edgeValues[dtype]])]);
        return attributes.map((a) => ({ operands: [row(dtype, x), row(dtype, y)], attributes: a }));
      },
    })),
  ];
}
