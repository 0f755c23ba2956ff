// Gradient examples of the operations that move elements.

import type { Attributes } from "@netwright/ir";
import { between } from "../../values/smooth-tensor.ts";
import type { GradientExample } from "./example.ts";

const x = (...shape: readonly number[]) => between(-2, 2, shape, shape.length);

function broadcast(
  variant: string,
  from: readonly number[],
  attributes: Attributes["broadcast_in_dim"],
): GradientExample<"broadcast_in_dim"> {
  return { variant, application: { operands: [x(...from)], attributes } };
}

export const broadcastInDimExamples: readonly GradientExample<"broadcast_in_dim">[] = [
  broadcast("scalar", [], { shape: [2, 3], dimensions: [] }),
  broadcast("row", [3], { shape: [2, 3], dimensions: [1] }),
  broadcast("column", [2], { shape: [2, 3], dimensions: [0] }),
  broadcast("stretched", [1, 3], { shape: [2, 3], dimensions: [0, 1] }),
  broadcast("stretched and new", [2, 1], { shape: [2, 2, 3], dimensions: [0, 2] }),
  broadcast("unchanged", [1, 3], { shape: [1, 3], dimensions: [0, 1] }),
];

export const reshapeExamples: readonly GradientExample<"reshape">[] = [
  { variant: "any", application: { operands: [x(2, 6)], attributes: { shape: [3, 1, 4] } } },
];

export const transposeExamples: readonly GradientExample<"transpose">[] = [
  { variant: "matrix", application: { operands: [x(2, 3)], attributes: { permutation: [1, 0] } } },
  { variant: "rotation", application: { operands: [x(2, 3, 2)], attributes: { permutation: [2, 0, 1] } } },
];

export const reverseExamples: readonly GradientExample<"reverse">[] = [
  { variant: "any", application: { operands: [x(2, 3, 2)], attributes: { dimensions: [0, 2] } } },
];

export const concatenateExamples: readonly GradientExample<"concatenate">[] = [
  { variant: "three", application: { operands: [x(2, 1), x(2, 3), x(2, 2)], attributes: { dimension: 1 } } },
  {
    variant: "some without gradient",
    application: { operands: [x(1, 2), x(3, 2), x(2, 2)], attributes: { dimension: 0 } },
    wrt: [2, 0],
  },
];

export const sliceExamples: readonly GradientExample<"slice">[] = [
  {
    variant: "inner",
    application: { operands: [x(3, 4)], attributes: { start: [1, 1], limit: [3, 3], strides: [1, 1] } },
  },
  {
    variant: "strides that leave a rest",
    application: { operands: [x(3, 8)], attributes: { start: [0, 1], limit: [3, 7], strides: [2, 4] } },
  },
  {
    variant: "nothing of it",
    application: { operands: [x(3, 2)], attributes: { start: [1, 0], limit: [1, 2], strides: [1, 1] } },
  },
];

export const padExamples: readonly GradientExample<"pad">[] = [
  {
    variant: "around",
    application: { operands: [x(2, 3), x()], attributes: { low: [1, 0], high: [0, 2], interior: [0, 0] } },
  },
  {
    variant: "between",
    application: { operands: [x(2, 3), x()], attributes: { low: [0, 1], high: [1, 0], interior: [2, 1] } },
  },
  {
    variant: "negative",
    application: { operands: [x(3, 4), x()], attributes: { low: [-1, 1], high: [1, -2], interior: [0, 1] } },
  },
  {
    variant: "negative into the gaps",
    application: { operands: [x(4), x()], attributes: { low: [-1], high: [-2], interior: [2] } },
  },
];
