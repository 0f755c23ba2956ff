// Products of matrices: dense, and layers that are made of it.

import { weightIn } from "../../model/layers.ts";
import { float, type Name } from "../graph-builder.ts";
import { type LayerContext, type LayerRule, placed, withActivation } from "./rule.ts";

export const dense: LayerRule = (context) => {
  const { args, shape } = context;
  const factor = args["parametrization"] === "ntk" ? 1 / Math.sqrt(shape.at(-1) ?? 1) : 1;
  return withActivation(context, "activation", product(context, "kernel", "bias", factor));
};

/** x kernel factor + bias: Gemm of rows, and of more sizes MatMul, as Gemm takes no others. */
export function product(context: LayerContext, kernel: string, bias: string | null, factor = 1): Name {
  const { g, x, shape, weight } = context;
  const offset = bias === null ? null : weight(bias);
  const matrix = placed(context, kernel, weightIn(context, kernel));
  if (shape.length === 1) {
    const inputs =
      offset === null || bias === null ? [x, matrix] : [x, matrix, placed(context, bias, offset)];
    return g.op("Gemm", inputs, { alpha: float(factor) });
  }
  const sums = g.op("MatMul", [x, matrix]);
  const scaled = factor === 1 ? sums : g.op("Mul", [sums, g.floats([factor], [])]);
  return offset === null || bias === null ? scaled : g.op("Add", [scaled, placed(context, bias, offset)]);
}

/** x + gate (activation(x kernel + bias) - x). */
export const highway: LayerRule = (context) => {
  const { g, x, args } = context;
  const made = withActivation(
    context,
    "activation",
    product(context, "kernel", args["use_bias"] === false ? null : "bias"),
  );
  const gate = g.op("Sigmoid", [product(context, "transform_kernel", "transform_bias")]);
  return g.op("Add", [x, g.op("Mul", [gate, g.op("Sub", [made, x])])]);
};
