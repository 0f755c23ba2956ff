// Gradient examples of reduce and dot_general.

import { type Tensor, tensorOf } from "@netwright/backend-reference";
import { type Attributes, type NumericReduceKind, tensor } from "@netwright/ir";
import { between, distinct, signed } from "../../values/smooth-tensor.ts";
import type { GradientExample } from "./example.ts";

function reduce(
  variant: string,
  kind: NumericReduceKind,
  dimensions: readonly number[],
  x: Tensor,
): GradientExample<"reduce"> {
  return { variant: `${kind} ${variant}`, application: { operands: [x], attributes: { kind, dimensions } } };
}

export const reduceExamples: readonly GradientExample<"reduce">[] = [
  reduce("of rows", "sum", [1], between(-2, 2, [3, 4])),
  reduce("of columns", "sum", [0], between(-2, 2, [3, 4])),
  reduce("of the middle", "sum", [1], between(-2, 2, [2, 3, 2])),
  reduce("of all", "sum", [0, 1], between(-2, 2, [3, 4])),
  reduce("of nothing", "sum", [], between(-2, 2, [3, 4])),
  reduce("of rows", "product", [1], signed(0.5, 1.5, [3, 4])),
  reduce("of all", "product", [0, 1], signed(0.5, 1.5, [2, 3])),
  reduce("with one zero", "product", [0], tensorOf(tensor("f32", [4]), [1.5, 0, -2, 0.5])),
  reduce("with two zeros", "product", [0], tensorOf(tensor("f32", [4]), [1.5, 0, -2, 0])),
  ...(["max", "min"] as const).flatMap((kind) => [
    reduce("of rows", kind, [1], distinct([3, 4])),
    reduce("of columns", kind, [0], distinct([3, 4])),
    reduce("of all", kind, [0, 1], distinct([3, 4])),
  ]),
];

const x = (...shape: readonly number[]) => between(-2, 2, shape, 1);
const y = (...shape: readonly number[]) => between(-2, 2, shape, 2);

function dot(
  variant: string,
  lhs: Tensor,
  rhs: Tensor,
  dimensions: Partial<Attributes["dot_general"]>,
): GradientExample<"dot_general"> {
  const none = { lhsBatching: [], rhsBatching: [], lhsContracting: [], rhsContracting: [] };
  return { variant, application: { operands: [lhs, rhs], attributes: { ...none, ...dimensions } } };
}

export const dotGeneralExamples: readonly GradientExample<"dot_general">[] = [
  dot("matrices", x(2, 3), y(3, 4), { lhsContracting: [1], rhsContracting: [0] }),
  dot("transposed right", x(2, 3), y(4, 3), { lhsContracting: [1], rhsContracting: [1] }),
  dot("transposed left", x(3, 2), y(3, 4), { lhsContracting: [0], rhsContracting: [0] }),
  dot("both transposed", x(3, 2), y(4, 3), { lhsContracting: [0], rhsContracting: [1] }),
  dot("vectors", x(5), y(5), { lhsContracting: [0], rhsContracting: [0] }),
  dot("outer product", x(2), y(3), {}),
  dot("batches", x(2, 2, 3), y(2, 3, 2), {
    lhsBatching: [0],
    rhsBatching: [0],
    lhsContracting: [2],
    rhsContracting: [1],
  }),
  dot("batches that are not first", x(3, 2, 2), y(2, 3, 2), {
    lhsBatching: [1],
    rhsBatching: [2],
    lhsContracting: [0],
    rhsContracting: [1],
  }),
  dot("two batching dimensions, crossed", x(2, 3, 2), y(3, 2, 2), {
    lhsBatching: [0, 1],
    rhsBatching: [1, 0],
    lhsContracting: [2],
    rhsContracting: [2],
  }),
  dot("two contracted dimensions, crossed", x(2, 3, 2), y(2, 4, 3), {
    lhsContracting: [1, 2],
    rhsContracting: [2, 0],
  }),
  dot("contracted dimensions listed backwards", x(2, 3, 2), y(2, 3, 2), {
    lhsContracting: [2, 1],
    rhsContracting: [0, 1],
  }),
  dot("two free dimensions on each side", x(2, 3, 2), y(2, 3, 2), {
    lhsContracting: [1],
    rhsContracting: [1],
  }),
];
