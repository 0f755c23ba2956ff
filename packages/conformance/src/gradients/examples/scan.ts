// Gradient examples of scan: through the carries, the sequences and the values for all steps, in both directions.

import { type Tensor, tensorOf } from "@netwright/backend-reference";
import { Builder, type ScanOrder, type ScanResults, scanOver, tensor, type Value } from "@netwright/ir";
import { scanAttributes, scanBody } from "../../cases/scan.ts";
import type { Application } from "../../ops/application.ts";
import { between } from "../../values/smooth-tensor.ts";
import type { GradientExample } from "./example.ts";

const type = tensor("f32", [2]);
const ORDERS = ["forwards", "backwards"] as const;
const STEPS = 4;

const first = between(-1, 1, [2, 2], 1);
const sequence = between(-1, 1, [STEPS, 2, 2], 2);
const matrix = between(-1, 1, [2, 2], 3);

interface Step {
  readonly h: Value;
  readonly x: Value;
  readonly w: Value;
}

/** A scan that carries h along the sequence of x, and has w in all steps. */
function application(
  order: ScanOrder,
  step: (b: Builder, given: Step) => ScanResults<readonly [Value]>,
): Application<"scan"> {
  const operands = [first, sequence, matrix] as const;
  const b = new Builder();
  const [h, x, w] = operands.map((operand: Tensor) => b.parameter("", operand.type));
  if (!(h && x && w)) throw new Error("three operands");
  scanOver(
    b,
    { name: "body", carries: [h], sequences: [x], shared: [w], length: STEPS, order },
    (inner, given) => step(inner, { h: given.carries[0], x: given.elements[0], w: given.shared[0] }),
  );
  const scan = b.body.find((op) => op.name === "scan");
  if (scan === undefined) throw new Error("there is no scan");
  return { operands, attributes: scan.attributes, functions: b.functions };
}

/** tanh(x + h w) */
function recurrence(b: Builder, { h, x, w }: Step): Value {
  return b.tanh(b.add(x, b.matmul(h, w)));
}

/** a, b -> b, a x; each reaches the other a step later. */
function changingPlaces(order: ScanOrder): Application<"scan"> {
  const operands = [first, between(-1, 1, [2, 2], 4), sequence] as const;
  const b = new Builder();
  const [one, other, x] = operands.map((operand: Tensor) => b.parameter("", operand.type));
  if (!(one && other && x)) throw new Error("three operands");
  scanOver(
    b,
    { name: "body", carries: [one, other], sequences: [x], shared: [], length: STEPS, order },
    (inner, { carries: [left, right], elements: [element] }) => ({
      carries: [right, inner.multiply(left, element)],
      outputs: [inner.add(left, right)],
    }),
  );
  const scan = b.body.find((op) => op.name === "scan");
  if (scan === undefined) throw new Error("there is no scan");
  return { operands, attributes: scan.attributes, functions: b.functions };
}

export const scanExamples: readonly GradientExample<"scan">[] = ORDERS.flatMap((order) => [
  {
    variant: `four steps ${order}`,
    application: {
      operands: [
        between(-1, 1, [2], 1),
        tensorOf(tensor("i32"), [1]),
        between(-1, 1, [4, 2], 2),
        tensorOf(tensor("i32", [4]), [1, 2, 3, 4]),
        between(-1, 1, [2], 3),
      ],
      attributes: scanAttributes(type, 4, order),
      functions: [scanBody(type)],
    },
  },
  {
    variant: `a carry that is an output ${order}`,
    application: application(order, (b, step) => {
      const next = recurrence(b, step);
      return { carries: [next], outputs: [next] };
    }),
  },
  {
    variant: `a carry before its step as an output ${order}`,
    application: application(order, (b, step) => ({ carries: [recurrence(b, step)], outputs: [step.h] })),
  },
  {
    variant: `by what all steps share alone ${order}`,
    application: application(order, (b, step) => ({ carries: [recurrence(b, step)], outputs: [] })),
    wrt: [2],
  },
  { variant: `carries that change places ${order}`, application: changingPlaces(order), wrt: [0, 2] },
  {
    variant: `a scan in each step ${order}`,
    application: application(order, (b, step) => {
      const within = scanOver(
        b,
        {
          name: "within",
          carries: [step.h],
          sequences: [step.x],
          shared: [],
          length: 2,
          order: "forwards",
        },
        (inner, { carries: [product], elements: [row] }) => ({
          carries: [inner.multiply(product, inner.broadcastInDim(row, product.type.shape, [1]))],
          outputs: [row],
        }),
      );
      const [h] = within.carries;
      return { carries: [recurrence(b, { ...step, h })], outputs: within.outputs };
    }),
  },
]);
