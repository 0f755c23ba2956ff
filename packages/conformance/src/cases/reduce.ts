// Cases of reduce: every kind and element type, over any dimensions. Sums and products of f32 depend on the
// order, which only deterministic backends share; sums of whole numbers do not, and must be exact everywhere.

import { type ElementType, type NumericReduceKind, tensor } from "@netwright/ir";
import fc from "fast-check";
import type { ToleranceClass } from "../kit/tolerance.ts";
import type { OpCase } from "../ops/op-case.ts";
import { dimensionsOf, emptyShapes, operand, shapes } from "../values/arbitraries.ts";
import type { Spread } from "../values/random-tensor.ts";

const f32Spreads: { readonly [K in NumericReduceKind]: Spread } = {
  sum: "moderate",
  product: "near one",
  max: "wide",
  min: "wide",
};

const f32Tolerances: { readonly [K in NumericReduceKind]: ToleranceClass } = {
  sum: "accumulation",
  product: "accumulation",
  max: "exact",
  min: "exact",
};

function over(
  dtype: ElementType,
  kind: NumericReduceKind,
  spread: Spread,
  shape: fc.Arbitrary<readonly number[]>,
): OpCase<"reduce">["applications"] {
  return () =>
    shape.chain((s) =>
      fc
        .tuple(operand(tensor(dtype, s), spread), dimensionsOf(s.length))
        .map(([x, dimensions]) => ({ operands: [x], attributes: { kind, dimensions } })),
    );
}

/** Over few dimensions, so that not all results are the same. */
function overTruth(
  kind: "and" | "or",
  shape: fc.Arbitrary<readonly number[]>,
): OpCase<"reduce">["applications"] {
  return () =>
    shape.chain((s) =>
      fc
        .tuple(operand(tensor("pred", s), "wide"), dimensionsOf(s.length))
        .map(([x, dimensions]) => ({ operands: [x], attributes: { kind, dimensions } })),
    );
}

/** Lines longer than a block of the order, with whole blocks, several of them and a rest; few lines and many. */
const longShapes: fc.Arbitrary<readonly number[]> = fc.constantFrom(
  [513],
  [1024],
  [2049],
  [4 * 512 + 3],
  [20 * 512 + 511],
  [37 * 512 + 1],
  [3, 700],
  [9, 1030],
  [21, 515],
  [700, 3],
  [1025, 21],
  [30, 5, 40],
  [2, 600, 2],
);

function reduceCase(dtype: ElementType, kind: NumericReduceKind): readonly OpCase<"reduce">[] {
  const spread = dtype === "f32" ? f32Spreads[kind] : "wide";
  const tolerance: ToleranceClass = dtype === "f32" ? f32Tolerances[kind] : "exact";
  const variant = `${dtype} ${kind}`;
  return [
    { variant: `${variant} shapes`, tolerance, applications: over(dtype, kind, spread, shapes()) },
    { variant: `${variant} empty`, tolerance, applications: over(dtype, kind, spread, emptyShapes()) },
    { variant: `${variant} long`, tolerance, applications: over(dtype, kind, spread, longShapes) },
    ...edgeSpreads(tolerance === "exact", dtype).map(([name, edges]) => ({
      variant: `${variant} ${name}`,
      tolerance,
      applications: over(dtype, kind, edges, fc.constantFrom([3, 41], [31], [5])),
    })),
  ];
}

/** Subnormals apart, for backends that flush them; a sum of edge values is not the same in another order. */
function edgeSpreads(exact: boolean, dtype: ElementType): readonly (readonly [string, Spread])[] {
  if (!exact) return [["edge values", "non-finite"]];
  if (dtype !== "f32") return [["edge values", "edges"]];
  return [
    ["edge values", "normal edges"],
    ["subnormals", "subnormals"],
  ];
}

const kinds: readonly NumericReduceKind[] = ["sum", "product", "max", "min"];

export const reduceCases: readonly OpCase<"reduce">[] = [
  ...(["f32", "i32", "u32"] as const).flatMap((dtype) => kinds.flatMap((kind) => reduceCase(dtype, kind))),
  ...(["and", "or"] as const).flatMap((kind): OpCase<"reduce">[] => [
    { variant: `pred ${kind} shapes`, tolerance: "exact", applications: overTruth(kind, shapes()) },
    { variant: `pred ${kind} empty`, tolerance: "exact", applications: overTruth(kind, emptyShapes()) },
    { variant: `pred ${kind} long`, tolerance: "exact", applications: overTruth(kind, longShapes) },
  ]),
  {
    variant: "f32 sum of whole numbers",
    tolerance: "exact",
    applications: over("f32", "sum", "whole", shapes()),
  },
];
