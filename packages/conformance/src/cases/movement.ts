// What all operations share that move elements without computing: on every element type, on shapes with and
// without elements, and on values that must arrive unchanged.

import type { ElementType, OpName } from "@netwright/ir";
import type fc from "fast-check";
import type { Application } from "../ops/application.ts";
import type { OpCase } from "../ops/op-case.ts";
import { emptyShapes, type Ranks, shapes } from "../values/arbitraries.ts";
import type { Spread } from "../values/random-tensor.ts";
import { elementTypes } from "./allowed-types.ts";

/** An application to an operand of that type and shape, with values of that spread. */
export type Movement<K extends OpName> = (
  dtype: ElementType,
  shape: readonly number[],
  spread: Spread,
) => fc.Arbitrary<Application<K>>;

/** `name` comes before the words for the shapes in the variant, when an operation has several movements. */
export function movementCases<K extends OpName>(
  movement: Movement<K>,
  { name = "", ...ranks }: Ranks & { readonly name?: string } = {},
): readonly OpCase<K>[] {
  const over =
    (dtype: ElementType, shape: fc.Arbitrary<readonly number[]>, spread: Spread): OpCase<K>["applications"] =>
    () =>
      shape.chain((s) => movement(dtype, s, spread));
  return elementTypes.flatMap((dtype) => {
    const variant = name === "" ? dtype : `${dtype} ${name}`;
    return [
      {
        variant: `${variant} shapes`,
        tolerance: "exact" as const,
        applications: over(dtype, shapes(ranks), "wide"),
      },
      {
        variant: `${variant} empty`,
        tolerance: "exact" as const,
        applications: over(dtype, emptyShapes(ranks), "wide"),
      },
      {
        variant: `${variant} edge values`,
        tolerance: "exact" as const,
        applications: over(dtype, shapes(ranks), "edges"),
      },
    ];
  });
}
