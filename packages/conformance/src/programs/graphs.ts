// Graphs of several operations: the ways values are shared that break a careless memory plan, and the patterns that
// backends like to fuse, next to look-alikes that must not be.

import { type Tensor, tensorOf } from "@netwright/backend-reference";
import { type Builder, tensor, type Value } from "@netwright/ir";
import type { ToleranceClass } from "../kit/tolerance.ts";
import type { Graph } from "../ops/graph.ts";
import { randomTensor } from "../values/random-tensor.ts";
import { graphOfValues, type ValuesOf } from "./graph-of-values.ts";

export interface NamedGraph extends Graph {
  readonly name: string;
  readonly tolerance: ToleranceClass;
}

function graph<const N extends readonly Tensor[]>(
  name: string,
  tolerance: ToleranceClass,
  operands: N,
  build: (b: Builder, values: ValuesOf<N>) => readonly Value[],
): NamedGraph {
  return { name, tolerance, ...graphOfValues(operands, build) };
}

const random = (shape: readonly number[], seed: number) =>
  randomTensor(tensor("f32", shape), seed, "moderate");

/** A dense layer without activation, for a batch of rows. */
function dense(b: Builder, x: Value, kernel: Value, bias: Value): Value {
  const product = b.matmul(x, kernel);
  return b.add(product, b.broadcastInDim(bias, product.type.shape, [1]));
}

const square = [random([5, 5], 1), random([5, 5], 2), random([5], 3)] as const;
const layer = [random([6, 5], 1), random([5, 7], 2), random([7], 3)] as const;
const withNaN = tensorOf(tensor("f32", [2, 2]), [Number.NaN, 1, -1, Number.NEGATIVE_INFINITY]);

export const sharingGraphs: readonly NamedGraph[] = [
  graph("one value as both operands", "accumulation", [random([4, 4], 1)], (b, [x]) => [
    b.add(x, x),
    b.subtract(x, x),
    b.matmul(x, x),
  ]),
  graph("one value as two results", "arithmetic", [random([33], 1)], (b, [x]) => {
    const y = b.add(x, b.like(x, 1));
    return [y, y];
  }),
  graph("operands as results", "exact", [random([33], 1), random([2, 3], 2)], (b, [x, y]) => [
    y,
    x,
    b.reshape(y, [3, 2]),
    x,
  ]),
  graph("a value used long after", "arithmetic", [random([33], 1)], (b, [x]) => {
    const early = b.multiply(x, b.like(x, 3));
    const middle = b.negate(b.abs(b.negate(b.abs(early))));
    return [b.subtract(middle, early), middle];
  }),
  graph("operations without use", "exact", [random([33], 1)], (b, [x]) => {
    b.exponential(x);
    const y = b.negate(x);
    b.add(y, y);
    return [y];
  }),
  graph("a chain of views", "exact", [random([2, 3, 4], 1)], (b, [x]) => {
    const turned = b.transpose(b.reverse(x, [1]), [2, 0, 1]);
    const flat = b.reshape(turned, [24]);
    return [b.slice(flat, [3], [24], [5]), b.reshape(flat, [4, 6]), turned];
  }),
  graph("constants as results", "exact", [random([3], 1)], (b, [x]) => [
    b.like(x, 2),
    b.scalar(-1, "i32"),
    b.iota(tensor("i32", [5]), 0),
  ]),
];

export const fusionGraphs: readonly NamedGraph[] = [
  graph("product, bias, relu", "accumulation", layer, (b, [x, kernel, bias]) => {
    const z = dense(b, x, kernel, bias);
    return [b.maximum(z, b.like(z, 0))];
  }),
  graph("product, bias, relu with the zero first", "accumulation", layer, (b, [x, kernel, bias]) => {
    const z = dense(b, x, kernel, bias);
    return [b.maximum(b.like(z, 0), z)];
  }),
  graph("product and bias that are results too", "accumulation", layer, (b, [x, kernel, bias]) => {
    const product = b.matmul(x, kernel);
    const z = b.add(product, b.broadcastInDim(bias, product.type.shape, [1]));
    return [b.maximum(z, b.like(z, 0)), z, product];
  }),
  graph("bias added first", "accumulation", layer, (b, [x, kernel, bias]) => {
    const product = b.matmul(x, kernel);
    return [b.add(b.broadcastInDim(bias, product.type.shape, [1]), product)];
  }),
  graph("bias along the rows of a square", "accumulation", square, (b, [x, kernel, bias]) => {
    const z = b.add(b.matmul(x, kernel), b.broadcastInDim(bias, [5, 5], [0]));
    return [b.maximum(z, b.like(z, 0))];
  }),
  graph("minimum in place of relu", "composed", layer, (b, [x, kernel, bias]) => {
    const z = dense(b, x, kernel, bias);
    return [b.minimum(z, b.like(z, 0))];
  }),
  graph("relu at another level than zero", "accumulation", layer, (b, [x, kernel, bias]) => {
    const z = dense(b, x, kernel, bias);
    return [b.maximum(z, b.like(z, 1)), b.maximum(z, b.like(z, -1))];
  }),
  graph("relu of NaN and infinities", "exact", [withNaN], (b, [x]) => [b.maximum(x, b.like(x, 0))]),
  graph("transposed operands of a product", "accumulation", square, (b, [x, kernel]) => [
    b.matmul(b.transpose(x, [1, 0]), kernel),
    b.matmul(x, b.transpose(kernel, [1, 0])),
    b.transpose(b.matmul(x, kernel), [1, 0]),
  ]),
  graph("sum of columns and of rows", "accumulation", [random([7, 5], 1)], (b, [x]) => [
    b.sum(x, [0]),
    b.sum(x, [1]),
    b.sum(b.transpose(x, [1, 0]), [0]),
  ]),
  graph("two layers", "composed", [...layer, random([7, 3], 4), random([3], 5)], (b, [x, k1, b1, k2, b2]) => {
    const hidden = b.tanh(dense(b, x, k1, b1));
    return [dense(b, hidden, k2, b2), hidden];
  }),
  graph("softmax of rows", "composed", [random([4, 6], 1)], (b, [x]) => {
    const repeat = (value: Value) => b.broadcastInDim(value, x.type.shape, [0]);
    const exponentials = b.exponential(b.subtract(x, repeat(b.reduce(x, "max", [1]))));
    return [b.divide(exponentials, repeat(b.sum(exponentials, [1])))];
  }),
];
