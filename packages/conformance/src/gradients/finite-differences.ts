// Gradients against central differences of the reference backend. The reference rounds to f32; the difference
// is of fourth order, so that its step can be large enough for that rounding not to matter, and the weighted
// sum over the results is taken in f64.

import { type Tensor, zeros } from "@netwright/backend-reference";
import { ConformanceError } from "../kit/case.ts";
import { evaluateGraph, type Graph } from "../ops/graph.ts";
import { coefficients, type Differentiable, gradientGraph } from "./gradient-graph.ts";

/** A power of two: it moves operands on the grid of `smooth-tensor.ts` exactly. */
const STEP = 1 / 32;

/**
 * The allowed |gradient - difference| is this times (1 + |difference|). Rounding contributes about 3e-6 times the
 * size of the loss, truncation STEP^4 / 30 times the fifth derivative.
 */
const TOLERANCE = 3e-4;

/** The loss of `gradientGraph` in f64, over results in f32. */
function lossAt(graph: Graph, operands: readonly Tensor[]): number {
  let loss = 0;
  evaluateGraph({ ...graph, operands }).forEach(({ type, data }, i) => {
    if (type.dtype !== "f32") return;
    const weights = coefficients(type, i).data;
    for (let e = 0; e < data.length; e++) loss += (data[e] ?? 0) * (weights[e] ?? 0);
  });
  return loss;
}

/** (8 (L(h) - L(-h)) - (L(2h) - L(-2h))) / 12h, by one element of one operand. */
function difference(graph: Graph, operand: number, element: number): number {
  const moved = (by: number): number => {
    const operands = graph.operands.map((x, i) => {
      if (i !== operand) return x;
      const copy = zeros(x.type);
      copy.data.set(x.data);
      copy.data[element] = (x.data[element] ?? 0) + by;
      return copy;
    });
    return lossAt(graph, operands);
  };
  return (8 * (moved(STEP) - moved(-STEP)) - (moved(2 * STEP) - moved(-2 * STEP))) / (12 * STEP);
}

/**
 * Checks every element of every gradient. Operands must be at least 1/16 from any kink of the function.
 * @throws ConformanceError naming the first element that is wrong
 */
export function checkGradient(label: string, differentiable: Differentiable): void {
  const { wrt, ...graph } = differentiable;
  const found = evaluateGraph(gradientGraph(differentiable));
  wrt.forEach((operand, i) => {
    const size = graph.operands[operand]?.data.length ?? 0;
    for (let element = 0; element < size; element++) {
      const expected = difference(graph, operand, element);
      const actual = found[i]?.data[element] ?? Number.NaN;
      if (Math.abs(actual - expected) <= TOLERANCE * (1 + Math.abs(expected))) continue;
      throw new ConformanceError(
        `${label}: the gradient by operand ${operand}, element ${element} is ${actual}; ` +
          `finite differences give ${expected}`,
      );
    }
  });
}
