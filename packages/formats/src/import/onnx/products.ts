// Products with matrices: dense layers, and the output of attention.

import { type Args, at } from "@netwright/definitions";
import { sizeOf } from "@netwright/ir";
import { type FloatTensor, reshaped as shaped, transposed } from "../../model/layouts.ts";
import { withConstant } from "./affine.ts";
import { arranged, inSizes } from "./arrange.ts";
import { attended } from "./attention.ts";
import { withOutput } from "./attention-layer.ts";
import { type Constant, constantOf } from "./constant.ts";
import { transposedConstant } from "./constant-shapes.ts";
import { count, hasRows, type Size, sameFactors, sameSet, sizeBy } from "./layout.ts";
import { misfit, type NodeContext, type NodeRule } from "./node-context.ts";
import type { Flow } from "./terms.ts";

/** The last dimension of the flow times a matrix, [in, units]. */
export function dense(
  c: NodeContext,
  given: Flow,
  kernel: Constant,
  bias: Constant | null,
  args: Args = {},
): Flow {
  const inputs = given.dims.at(-1) ?? [];
  const [own = 1, units = 1] = kernel.shape;
  if (kernel.shape.length !== 2 || own !== count(inputs))
    return misfit(`multiplies ${count(inputs)} numbers with weights of [${kernel.shape.join(", ")}]`);
  if (hasRows(inputs)) return misfit("adds up rows, of which each is predicted by itself");
  const output = withOutput(c, given, kernel);
  if (output !== null) return bias === null ? output : withConstant(c, output, bias, "add", true);
  const flow = lastly(c, given, inputs);
  const last = flow.axes.at(-1) ?? [];
  const size = sizeBy(units);
  const weights = new Map<string, FloatTensor>([["kernel", rowsInOrder(floats(kernel), inputs, last)]]);
  const isBiased = bias !== null && (bias.data.length === units || bias.data.length === 1);
  if (isBiased)
    weights.set("bias", {
      shape: [units],
      data: Float32Array.from({ length: units }, (_, i) => at(bias.data, bias.data.length === 1 ? 0 : i)),
    });
  const shape = [...flow.term.shape.slice(0, -1), units];
  const term = c.layer(
    "dense",
    [flow.term],
    shape,
    { units, ...(isBiased ? {} : { use_bias: false }), ...args },
    weights,
    c.wanted(kernel, bias),
  );
  const made: Flow = {
    kind: "flow",
    term,
    axes: [...flow.axes.slice(0, -1), size],
    dims: [...flow.dims.slice(0, -1), size],
  };
  return bias === null || isBiased ? made : withConstant(c, made, bias, "add", true);
}

/** The flow with the numbers of its last dimension, in any order, as its last axis. */
function lastly(c: NodeContext, flow: Flow, inputs: Size): Flow {
  const last = flow.axes.at(-1) ?? [];
  if (flow.axes.length > 0 && sameSet(last, inputs)) return flow;
  const all = flow.axes.flat();
  if (sameSet(all, inputs)) {
    // Numbers of all places: the rows of the kernel are brought into their order.
    return { ...flow, term: inSizes(c, flow.term, [count(inputs)]), axes: [all] };
  }
  const others = flow.dims.slice(0, -1).flatMap((size) => {
    const own = size.filter(({ isRows }) => !isRows);
    return size.length > 0 && own.length === 0 ? [] : [own];
  });
  return arranged(c, flow, [...others, inputs]);
}

/** Rows of a kernel that stand in the order of the file, in that of the axis. */
function rowsInOrder(kernel: FloatTensor, from: Size, to: Size): FloatTensor {
  if (sameFactors(from, to)) return kernel;
  const units = kernel.shape[1] ?? 1;
  const apart = shaped(kernel, [...from.map(({ size }) => size), units]);
  const order = [...to.map((one) => from.indexOf(one)), from.length];
  return shaped(transposed(apart, order), [sizeOf(to.map(({ size }) => size)), units]);
}

function floats({ shape, data }: Constant): FloatTensor {
  return { shape, data: Float32Array.from(data) };
}

const gemm: NodeRule = (c) => {
  if (c.int("transA", 0) !== 0) return misfit("turns its input before the product");
  const alpha = c.float("alpha", 1);
  const beta = c.float("beta", 1);
  const given = c.constant(1);
  const kernel = c.int("transB", 0) === 0 ? given : transposedConstant(c, given, [1, 0]);
  const third = c.value(2);
  const bias = third?.kind === "constant" ? times(third, beta) : null;
  if (third !== null && third?.kind !== "constant") return misfit("adds what the network makes to a product");
  // What Netwright writes of `ntk`, whose kernel is not divided.
  const isNtk = c.file.isOwn && alpha !== 1 && alpha === Math.fround(1 / Math.sqrt(kernel.shape[0] ?? 1));
  return isNtk
    ? dense(c, c.flow(), kernel, bias, { parametrization: "ntk" })
    : dense(c, c.flow(), times(kernel, alpha), bias);
};

function times(constant: Constant, by: number): Constant {
  if (by === 1) return constant;
  return constantOf(
    constant.shape,
    Float64Array.from(constant.data, (value) => value * by),
    true,
    constant.name,
  );
}

const matmul: NodeRule = (c) => {
  const [a, b] = [c.value(0), c.value(1)];
  if (a?.kind === "flow" && b?.kind === "flow") return attended(c, a, b);
  const flow = c.flow();
  const given = c.constant(1);
  const leading = given.shape.slice(0, -2);
  if (given.shape.length < 2 || sizeOf(leading) !== 1) return misfit("multiplies with several matrices");
  return dense(
    c,
    flow,
    constantOf(
      [at(given.shape, given.shape.length - 2), at(given.shape, given.shape.length - 1)],
      given.data,
      true,
      given.name,
    ),
    null,
  );
};

export const productRules: ReadonlyMap<string, NodeRule> = new Map<string, NodeRule>([
  ["Gemm", gemm],
  ["MatMul", matmul],
]);
