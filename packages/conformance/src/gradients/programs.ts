// Gradients through several operations: values used more than once, and the forms that training meets.

import type { Tensor } from "@netwright/backend-reference";
import type { Builder, Value } from "@netwright/ir";
import { graphOfValues, type ValuesOf } from "../programs/graph-of-values.ts";
import { between, signed } from "../values/smooth-tensor.ts";
import type { Differentiable } from "./gradient-graph.ts";

export interface GradientProgram extends Differentiable {
  readonly name: string;
}

function program<const N extends readonly Tensor[]>(
  name: string,
  operands: N,
  build: (b: Builder, values: ValuesOf<N>) => readonly Value[],
): GradientProgram {
  return { name, ...graphOfValues(operands, build), wrt: operands.map((_, i) => i) };
}

/** x kernel + bias, the bias repeated over the rows. */
function dense(b: Builder, x: Value, kernel: Value, bias: Value): Value {
  const product = b.matmul(x, kernel);
  return b.add(product, b.broadcastInDim(bias, product.type.shape, [1]));
}

const x = between(-1, 1, [4, 3], 1);
const kernel = between(-1, 1, [3, 2], 2);
const bias = between(-1, 1, [2], 3);

export const gradientPrograms: readonly GradientProgram[] = [
  program("a value used four times", [between(-1, 1, [5])], (b, [v]) => {
    const square = b.multiply(v, v);
    return [b.add(b.multiply(square, v), b.tanh(square))];
  }),
  program("several results", [between(0.75, 2, [5])], (b, [v]) => [b.log(v), b.sqrt(v), v]),
  program("an operand without influence", [between(0.75, 2, [3]), between(0, 1, [2])], (b, [v]) => [
    b.exponential(v),
  ]),
  program(
    "dense, tanh, mean squared error",
    [x, kernel, bias, between(-1, 1, [4, 2], 4)],
    (b, [v, k, c, t]) => {
      const error = b.subtract(b.tanh(dense(b, v, k, c)), t);
      return [b.mean(b.multiply(error, error))];
    },
  ),
  program("leaky relu by compare and select", [signed(0.5, 2, [8])], (b, [v]) => {
    return [b.select(b.compare(v, "GE", b.like(v, 0)), v, b.multiply(v, b.like(v, 0.25)))];
  }),
  program("softmax with a maximum that is held", [between(-2, 2, [3, 4], 5)], (b, [v]) => {
    const repeat = (value: Value) => b.broadcastInDim(value, v.type.shape, [0]);
    const exponentials = b.exponential(b.subtract(v, b.like(v, 2)));
    return [b.divide(exponentials, repeat(b.sum(exponentials, [1])))];
  }),
];
