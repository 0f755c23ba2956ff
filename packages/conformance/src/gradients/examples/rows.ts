// Gradient examples of the operations that take and put parts of a tensor at places known only when the program runs.

import { type Tensor, tensorOf } from "@netwright/backend-reference";
import { tensor } from "@netwright/ir";
import { between } from "../../values/smooth-tensor.ts";
import type { GradientExample } from "./example.ts";

const i32 = (shape: readonly number[], values: readonly number[]): Tensor =>
  tensorOf(tensor("i32", shape), values);
const start = (value: number): Tensor => i32([], [value]);
const x = (...shape: readonly number[]): Tensor => between(-2, 2, shape, 1);
const y = (...shape: readonly number[]): Tensor => between(-2, 2, shape, 2);

export const dynamicSliceExamples: readonly GradientExample<"dynamic_slice">[] = [
  {
    variant: "within",
    application: { operands: [x(4, 5), start(1), start(2)], attributes: { sizes: [2, 3] } },
  },
  {
    variant: "clamped",
    application: { operands: [x(4, 5), start(-3), start(9)], attributes: { sizes: [2, 3] } },
  },
];

export const dynamicUpdateSliceExamples: readonly GradientExample<"dynamic_update_slice">[] = [
  { variant: "within", application: { operands: [x(4, 5), y(2, 3), start(1), start(2)], attributes: {} } },
  { variant: "clamped", application: { operands: [x(4, 5), y(2, 3), start(8), start(-1)], attributes: {} } },
  { variant: "all of it", application: { operands: [x(3), y(3), start(1)], attributes: {} } },
];

export const gatherExamples: readonly GradientExample<"gather">[] = [
  {
    variant: "rows, some twice and some never",
    application: { operands: [x(5, 3), i32([4], [3, 0, 3, 1])], attributes: {} },
  },
  {
    variant: "clamped, in two dimensions",
    application: { operands: [x(4, 2), i32([2, 2], [-1, 2, 7, 2])], attributes: {} },
  },
];

export const scatterExamples: readonly GradientExample<"scatter">[] = (["add", "set"] as const).flatMap(
  (kind) => [
    {
      variant: `${kind}, some rows twice and some never`,
      application: { operands: [x(5, 3), i32([4], [3, 0, 3, 1]), y(4, 3)], attributes: { kind } },
    },
    {
      variant: `${kind}, some outside`,
      application: { operands: [x(4), i32([2, 2], [-1, 2, 7, 2]), y(2, 2)], attributes: { kind } },
    },
  ],
);
