// The fixed operands of elementwise cases: edge values, alone and in pairs.

import { type Tensor, tensorOf } from "@netwright/backend-reference";
import { type ElementType, tensor } from "@netwright/ir";
import { edgeValues, subnormals } from "./edge-values.ts";

/** A list of values as a tensor. */
export function row(dtype: ElementType, values: readonly number[]): Tensor {
  return tensorOf(tensor(dtype, [values.length]), values);
}

/** Every value of the one list with every value of the other, in both orders. */
export function pairs(a: readonly number[], b: readonly number[]): readonly [x: number[], y: number[]] {
  const all = a.flatMap((x) => b.map((y) => [x, y] as const));
  return [
    [...all.map(([x]) => x), ...all.map(([, y]) => y)],
    [...all.map(([, y]) => y), ...all.map(([x]) => x)],
  ];
}

/** Lists of values that the fixed cases try, by variant. */
export function fixedValues(
  dtype: ElementType,
): readonly { readonly variant: string; readonly values: readonly number[] }[] {
  const edges = { variant: `${dtype} edge values`, values: edgeValues[dtype] };
  if (dtype !== "f32") return [edges];
  return [
    edges,
    { variant: "f32 NaN", values: [Number.NaN] },
    { variant: "f32 subnormals", values: subnormals },
  ];
}
