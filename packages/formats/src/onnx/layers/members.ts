// Members of an ensemble inside one network: values are [rows, members, ...], weights of each have the members first.

import { at } from "@netwright/definitions";
import { numberIn, weightIn } from "../../model/layers.ts";
import { type FloatTensor, reshaped } from "../../model/layouts.ts";
import type { Name } from "../graph-builder.ts";
import { type LayerContext, type LayerRule, placed, withActivation } from "./rule.ts";

/** The rows as often as there are members. */
export const members: LayerRule = ({ g, x, args, shape }) =>
  g.op("Expand", [
    g.op("Unsqueeze", [x, g.ints([1])]),
    g.ints([1, numberIn(args, "count"), ...shape.map(() => 1)]),
  ]);

export const memberScale: LayerRule = (context) => {
  const { g, x, weight } = context;
  const scaled = g.op("Mul", [x, ofEach(context, "scale", weightIn(context, "scale"))]);
  const bias = weight("bias");
  return bias === null ? scaled : g.op("Add", [scaled, ofEach(context, "bias", bias)]);
};

export const memberDense: LayerRule = (context) => {
  const { g, x, shape, weight } = context;
  const sums = productOfEach(context, x, shape.length, "kernel");
  const bias = weight("bias");
  const linear = bias === null ? sums : g.op("Add", [sums, ofEach(context, "bias", bias)]);
  return withActivation(context, "activation", linear);
};

/** [members, numbers] along the first and the last size of a row. */
function ofEach(context: LayerContext, name: string, tensor: FloatTensor): Name {
  const { shape } = context;
  const sizes = [at(tensor.shape, 0), ...shape.slice(2).map(() => 1), at(tensor.shape, 1)];
  return placed(context, name, reshaped(tensor, sizes));
}

/**
 * [rows, pieces, ..., n] by a matrix of each piece, [pieces, n, units], to [rows, pieces, ..., units]; `sizes` are those of a row.
 * MatMul multiplies a stack of matrices: the pieces come first for it.
 */
export function productOfEach(context: LayerContext, x: Name, sizes: number, name: string): Name {
  const { g } = context;
  const matrices = weightIn(context, name);
  const [pieces = 1, ...matrix] = matrices.shape;
  const between = Array.from({ length: sizes - 2 }, () => 1);
  const perm = [1, 0, ...Array.from({ length: sizes - 1 }, (_, d) => d + 2)];
  const products = g.op("MatMul", [
    g.op("Transpose", [x], { perm }),
    placed(context, name, reshaped(matrices, [pieces, ...between, ...matrix])),
  ]);
  return g.op("Transpose", [products], { perm });
}
