// From a graph to the graph of its gradient: the loss is a weighted sum of all f32 results, so that no two
// elements share their cotangent.

import type { Tensor } from "@netwright/backend-reference";
import { type Builder, gradients, type TensorType, type Value } from "@netwright/ir";
import type { Graph } from "../ops/graph.ts";
import { randomTensor } from "../values/random-tensor.ts";

export interface Differentiable extends Graph {
  /** Indices of the f32 operands to differentiate by. */
  readonly wrt: readonly number[];
}

/** Weight of each element of result `index` in the loss. */
export function coefficients(type: TensorType, index: number): Tensor {
  return randomTensor(type, index + 1, "near one");
}

function lossOf(b: Builder, results: readonly Value[]): Value {
  const terms = results.flatMap((value, i) => {
    if (value.type.dtype !== "f32") return [];
    const { type, data } = coefficients(value.type, i);
    return [b.sum(b.multiply(value, b.literal(type, [...data])))];
  });
  return terms.reduce((sum, term) => b.add(sum, term), b.scalar(0));
}

/** The gradients by the operands `wrt`, in that order, on the operands of the graph. */
export function gradientGraph({ wrt, ...graph }: Differentiable): Graph {
  return {
    ...graph,
    build: (b, operands) => {
      const loss = lossOf(b, graph.build(b, operands));
      return gradients(
        b,
        loss,
        wrt.flatMap((i) => operands[i] ?? []),
        graph.functions,
      );
    },
  };
}
