// Gradient examples of composite: its decomposition is differentiated.

import { Builder, type Func, tensor } from "@netwright/ir";
import { between } from "../../values/smooth-tensor.ts";
import type { GradientExample } from "./example.ts";

const type = tensor("f32", [5]);

/** (x, y) -> x y + e^x, y, and x once more. */
function decomposition(): Func {
  const b = new Builder();
  const [x, y] = [b.parameter("x", type), b.parameter("y", type)];
  const value = b.add(b.multiply(x, y), b.exponential(x));
  return b.finish("several", "composite", 0, [
    { name: "value", value },
    { name: "y", value: y },
    { name: "x", value: x },
  ]);
}

/** outer(x, y) = several(x, tanh(y)) */
function outer(): Func {
  const b = new Builder();
  const [x, y] = [b.parameter("x", type), b.parameter("y", type)];
  const results = b.emit("composite", [x, b.tanh(y)], call("several"));
  return b.finish(
    "outer",
    "composite",
    0,
    results.map((value, i) => ({ name: `r${i}`, value })),
  );
}

function call(name: string) {
  return { composite: `test.${name}`, settings: {}, decomposition: name, types: [type, type, type] };
}

const [x, y] = [between(-1, 1, [5], 1), between(-1, 1, [5], 2)];

export const compositeExamples: readonly GradientExample<"composite">[] = [
  {
    variant: "several results",
    application: { operands: [x, y], attributes: call("several"), functions: [decomposition()] },
  },
  {
    variant: "one operand twice",
    application: { operands: [x, x], attributes: call("several"), functions: [decomposition()] },
  },
  {
    variant: "one within another",
    application: { operands: [x, y], attributes: call("outer"), functions: [decomposition(), outer()] },
  },
];
