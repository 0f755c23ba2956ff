// What embeddings of numbers have in common: each number of a row becomes several by functions of its own, whose weighted
// sums are learnt for each number by itself. The results of a row lie side by side, number by number.

import type { Instance, Shape, ShapeProblem, Span } from "@netwright/definitions";
import type { Value } from "@netwright/ir";
import type { LayerContext, Variable } from "./layer.ts";
import { weight } from "./variables.ts";

/** The numbers of a row, which lie in one dimension. */
export function flatWidth(layer: string, shape: Shape): number | ShapeProblem {
  const [width, ...others] = shape;
  if (width !== undefined && others.length === 0) return width;
  return {
    problem: `${layer} takes the numbers of a row side by side, and its input has ${shape.length} sizes`,
    note: "`flatten` puts them side by side.",
  };
}

/** As PyTorch's `Linear` starts: uniform within one over the square root of the inputs. */
function startOfSums(inputs: number, span: Span): Instance {
  const limit = 1 / Math.sqrt(inputs);
  return { family: "initializer", name: "random_uniform", args: { minval: -limit, maxval: limit }, span };
}

/** The sums over `functions` values of each of `width` numbers. */
export function sumVariables(width: number, functions: number, units: number, span: Span): Variable[] {
  const start = startOfSums(functions, span);
  return [weight("mixing", [width, functions, units], start), weight("offsets", [width, units], start)];
}

/** Sums of `values`, [rows, numbers, functions]: [rows, numbers, units]. */
export function sumsOf({ b, variable }: LayerContext, values: Value): Value {
  const products = b.dotGeneral(values, variable("mixing"), {
    lhsBatching: [1],
    rhsBatching: [0],
    lhsContracting: [2],
    rhsContracting: [1],
  });
  const sums = b.transpose(products, [1, 0, 2]);
  return b.add(sums, b.broadcastInDim(variable("offsets"), sums.type.shape, [1, 2]));
}

/** [rows, numbers, units] side by side, and where asked for behind them x, [rows, numbers], itself. */
export function sideBySide({ b }: LayerContext, values: Value, x: Value | null): Value {
  const [rows = 1, ...rest] = values.type.shape;
  const flat = b.reshape(values, [rows, rest.reduce((product, size) => product * size, 1)]);
  return x === null ? flat : b.concatenate([flat, x], 1);
}
