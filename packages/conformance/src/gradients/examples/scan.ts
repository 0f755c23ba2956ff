// Gradient examples of scan: through the carries, the sequences and the values for all steps, in both directions.

import { type Tensor, tensorOf } from "@netwright/backend-reference";
import {
  Builder,
  type ScanOrder,
  type ScanStep,
  type StepResults,
  scanOver,
  tensor,
  type Value,
} from "@netwright/ir";
import { scanAttributes, scanBody } from "../../cases/scan.ts";
import type { Application } from "../../ops/application.ts";
import { between } from "../../values/smooth-tensor.ts";
import type { GradientExample } from "./example.ts";

const type = tensor("f32", [2]);
const ORDERS = ["forwards", "backwards"] as const;
const STEPS = 4;

const [matrix, vector] = [between(-1, 1, [2, 2], 3), between(-1, 1, [2, 2], 1)];
const sequence = between(-1, 1, [STEPS, 2, 2], 2);

/** A scan over one sequence, whose carries come before it and whose shared values come behind it. */
function application(
  carries: readonly Tensor[],
  shared: readonly Tensor[],
  order: ScanOrder,
  step: (b: Builder, given: ScanStep) => StepResults,
): Application<"scan"> {
  const b = new Builder();
  const parameters = (values: readonly Tensor[]) => values.map((value) => b.parameter("", value.type));
  scanOver(
    b,
    {
      name: "step",
      carries: parameters(carries),
      sequences: parameters([sequence]),
      shared: parameters(shared),
      length: STEPS,
      order,
    },
    step,
  );
  const scan = b.body.find((op) => op.name === "scan");
  if (scan === undefined) throw new Error("there is no scan");
  return { operands: [...carries, sequence, ...shared], attributes: scan.attributes, functions: b.functions };
}

/** tanh(x + h w) */
function recurrence(b: Builder, { carries: [h], elements: [x], shared: [w] }: ScanStep): Value {
  if (h === undefined || x === undefined || w === undefined) throw new Error("a recurrence takes h, x and w");
  return b.tanh(b.add(x, b.matmul(h, w)));
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
    application: application([vector], [matrix], order, (b, given) => {
      const next = recurrence(b, given);
      return { carries: [next], outputs: [next] };
    }),
  },
  {
    variant: `a carry before its step as an output ${order}`,
    application: application([vector], [matrix], order, (b, given) => ({
      carries: [recurrence(b, given)],
      outputs: given.carries,
    })),
  },
  {
    variant: `by what all steps share alone ${order}`,
    application: application([vector], [matrix], order, (b, given) => ({
      carries: [recurrence(b, given)],
      outputs: [],
    })),
    wrt: [2],
  },
  {
    // The first carry reaches the second a step later.
    variant: `carries that change places ${order}`,
    application: application([vector, between(-1, 1, [2, 2], 4)], [matrix], order, (b, given) => {
      const [first, second] = given.carries;
      if (first === undefined || second === undefined) throw new Error("two are carried");
      return { carries: [second, recurrence(b, given)], outputs: [b.multiply(first, second)] };
    }),
    wrt: [0, 2, 3],
  },
  {
    variant: `a scan in each step ${order}`,
    application: application([vector], [matrix], order, (b, given) => {
      const within = scanOver(
        b,
        {
          name: "within",
          carries: given.carries,
          sequences: given.elements,
          shared: [],
          length: 2,
          order: "forwards",
        },
        (inner, { carries: [sum], elements: [x] }) => {
          if (sum === undefined || x === undefined) throw new Error("a sum and a row");
          const next = inner.multiply(sum, inner.broadcastInDim(x, sum.type.shape, [1]));
          return { carries: [next], outputs: [x] };
        },
      );
      const [output] = within.outputs;
      if (output === undefined) throw new Error("one output");
      return {
        carries: [recurrence(b, { ...given, carries: within.carries })],
        outputs: [output],
      };
    }),
  },
]);
