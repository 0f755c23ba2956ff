// Windows that slide over an array are a view of it, in which elements have several places: products and reductions
// read it as it is. What is put around and between elements is copied in first.

import {
  at,
  type Op,
  reduction,
  rowMajorStrides,
  sizeOf,
  summedDimensions,
  tensor,
  type Value,
} from "@netwright/ir";
import type { ContractionOperand } from "../../kernels/contraction.ts";
import { dilatedType, gatherBox, padBox, type Source } from "../movement.ts";
import { mergedRuns, type Run } from "../strides.ts";
import type { LoweringContext } from "./context.ts";
import { addProduct } from "./product.ts";
import { type LoweringRule, operandOf, resultOf } from "./rule.ts";

export const convolution: LoweringRule<"convolution"> = (context, op) => {
  const { attributes } = op;
  const [x, kernel, result] = [operandOf(op, 0), operandOf(op, 1), resultOf(op)];
  const { inputBatch, inputFeature, inputSpatial } = attributes;
  const { kernelInputFeature, kernelOutputFeature, kernelSpatial } = attributes;
  const isEmpty = sizeOf(result.type.shape) === 0;
  const spread = (each: readonly number[], other: number): number[] =>
    x.type.shape.map((_, d) => each[inputSpatial.indexOf(d)] ?? other);
  const picture = isEmpty
    ? context.source(x)
    : padded(context, x, 0, {
        low: spread(attributes.low, 0),
        high: spread(attributes.high, 0),
        interior: spread(attributes.lhsDilation, 1).map((dilation) => dilation - 1),
      });
  const weights = context.source(kernel);
  const [strides, steps] = [rowMajorStrides(picture.type.shape), rowMajorStrides(kernel.type.shape)];
  const sizeIn = (value: Value, d: number): number => at(value.type.shape, d);

  const groups = attributes.featureGroups * attributes.batchGroups;
  const rows = sizeIn(x, inputBatch) / attributes.batchGroups;
  const each = sizeIn(kernel, kernelOutputFeature) / groups;
  const inputs = sizeIn(kernel, kernelInputFeature);
  const places = attributes.outputSpatial.map((d) => sizeIn(result, d));
  const [batchOf, featureOf] = [at(strides, inputBatch), at(strides, inputFeature)];
  const window = kernelSpatial.map((d, s) => ({
    size: sizeIn(kernel, d),
    left: at(attributes.rhsDilation, s) * at(strides, at(inputSpatial, s)),
    right: at(steps, d),
  }));
  const summed = [...window, { size: inputs, left: featureOf, right: at(steps, kernelInputFeature) }];
  const inner = summedDimensions(attributes).map((d) => at(summed, d));
  const batch = {
    size: groups,
    left: attributes.batchGroups > 1 ? rows * batchOf : inputs * featureOf,
    right: each * at(steps, kernelOutputFeature),
  };
  // In the order of the result, so that nothing has to be moved where its features come last.
  const lines = [
    { to: attributes.outputBatch, size: rows, stride: batchOf },
    ...places.map((size, s) => ({
      to: at(attributes.outputSpatial, s),
      size,
      stride: at(attributes.strides, s) * at(strides, at(inputSpatial, s)),
    })),
  ].sort((one, other) => one.to - other.to);
  // Each channel by itself.
  const isLast = attributes.outputFeature === result.type.shape.length - 1;
  if (!isEmpty && isLast && each === 1 && groups > 1 && batch.left === 1 && batch.right === 1) {
    const [free = []] = mergedRuns(lines);
    const [left = [], right = []] = mergedRuns(
      inner.map((pair) => ({ size: pair.size, stride: pair.left })),
      inner.map((pair) => ({ size: pair.size, stride: pair.right })),
    );
    context.grouping.addKernel({
      kind: "channelwise",
      channels: groups,
      lhs: { buffer: picture.buffer, free, inner: left },
      rhs: { buffer: weights.buffer, inner: right },
      result: context.define(result),
    });
    return;
  }
  const operands = pairOf(
    { buffer: picture.buffer, free: lines },
    { buffer: weights.buffer, free: [{ size: each, stride: at(steps, kernelOutputFeature) }] },
    [batch],
    inner,
  );
  const shape = [groups, ...lines.map(({ size }) => size), each];
  // Where the dimensions of the result are in that: the features are the first and the last.
  const order = result.type.shape.flatMap((_, d) =>
    d === attributes.outputFeature ? [0, shape.length - 1] : [1 + lines.findIndex(({ to }) => to === d)],
  );
  const moving = order.filter((d) => shape[d] !== 1);
  if (isEmpty || moving.every((d, i) => i === 0 || d > at(moving, i - 1))) {
    addProduct(context, operands, context.define(result));
    return;
  }
  const product = context.buffer(tensor("f32", shape));
  addProduct(context, operands, product);
  const productStrides = rowMajorStrides(shape);
  const box = gatherBox(
    product,
    order.map((d) => at(shape, d)),
    order.map((d) => at(productStrides, d)),
  );
  context.move(result, [box]);
};

interface Paired {
  readonly size: number;
  readonly left: number;
  readonly right: number;
}

type Half = Pick<ContractionOperand, "buffer" | "free">;

function pairOf(lhs: Half, rhs: Half, batch: readonly Paired[], inner: readonly Paired[]) {
  const merged = (pairs: readonly Paired[]) =>
    mergedRuns(
      pairs.map(({ size, left }) => ({ size, stride: left })),
      pairs.map(({ size, right }) => ({ size, stride: right })),
    );
  const [batches, inners] = [merged(batch), merged(inner)];
  const operand = ({ buffer, free }: Half, side: 0 | 1): ContractionOperand => {
    const [runs = []] = mergedRuns(free);
    return { buffer, start: 0, batch: at(batches, side), free: runs, inner: at(inners, side) };
  };
  return { lhs: operand(lhs, 0), rhs: operand(rhs, 1) };
}

export const reduceWindow: LoweringRule<"reduce_window"> = (context, op) => {
  const { kind, sizes, strides, baseDilations, windowDilations, low, high } = op.attributes;
  const [x, result] = [operandOf(op, 0), resultOf(op)];
  const { dtype } = x.type;
  const isEmpty = sizeOf(result.type.shape) === 0;
  const source = isEmpty
    ? context.source(x)
    : padded(context, x, reduction(kind, dtype).identity, {
        low,
        high,
        interior: baseDilations.map((dilation) => dilation - 1),
      });
  const steps = rowMajorStrides(source.type.shape);
  const runs = (counts: readonly number[], times: readonly number[]): Run[] =>
    mergedRuns(counts.map((size, d) => ({ size, stride: at(times, d) * at(steps, d) })))[0] ?? [];
  context.grouping.addKernel({
    kind: "reduce",
    reduce: kind,
    dtype,
    shape: x.type.shape,
    kept: runs(result.type.shape, strides),
    reduced: runs(sizes, windowDilations),
    operand: source.buffer,
    result: context.define(result),
  });
};

type Margins = Pick<Op<"pad">["attributes"], "low" | "high" | "interior">;

/** The value in memory, with `filling` around and between its elements. */
function padded(context: LoweringContext, x: Value, filling: number, margins: Margins): Source {
  const source = context.source(x);
  if ([...margins.low, ...margins.high, ...margins.interior].every((count) => count === 0)) return source;
  const type = dilatedType(x.type, margins);
  const fill = context.scalar(x.type.dtype, filling);
  return { buffer: context.copy(type, [padBox(source, margins, type)], fill), type };
}
