// Every activation in operations of ai.onnx, opset 21, in f32. ONNX Runtime has kernels of all of these in f32 on the CPU.

import type { Args, Instance } from "@netwright/definitions";
import { numberIn } from "../model/layers.ts";
import { float, type GraphBuilder, type Name } from "./graph-builder.ts";

type Write = (g: GraphBuilder, x: Name, args: Args) => Name;

/** Null for one that Netwright has not. */
export function activated(
  g: GraphBuilder,
  x: Name,
  { name, args }: Pick<Instance, "name" | "args">,
): Name | null {
  return activations.get(name)?.(g, x, args) ?? null;
}

const plain =
  (op: string): Write =>
  (g, x) =>
    g.op(op, [x]);

const constant = (g: GraphBuilder, value: number): Name => g.floats([value], []);

const clipped = (g: GraphBuilder, x: Name, min: number, max: number): Name =>
  g.op("Clip", [x, constant(g, min), constant(g, max)]);

/** x above `threshold`, at most `max_value`; below it a line of the slope that is 0 there. */
const relu: Write = (g, x, args) => {
  const threshold = numberIn(args, "threshold");
  const slope = numberIn(args, "negative_slope");
  const most = args["max_value"];
  const zero = constant(g, 0);
  const above =
    threshold === 0
      ? g.op("Relu", [x])
      : g.op("Where", [g.op("Greater", [x, constant(g, threshold)]), x, zero]);
  const bounded = typeof most === "number" ? g.op("Min", [above, constant(g, most)]) : above;
  if (slope === 0) return bounded;
  const below = threshold === 0 ? x : g.op("Sub", [x, constant(g, threshold)]);
  return g.op("Add", [bounded, g.op("Mul", [g.op("Min", [below, zero]), constant(g, slope)])]);
};

export const activations: ReadonlyMap<string, Write> = new Map<string, Write>([
  ["linear", (_, x) => x],
  ["relu", relu],
  ["relu6", (g, x) => clipped(g, x, 0, 6)],
  ["elu", (g, x, args) => g.op("Elu", [x], { alpha: float(numberIn(args, "alpha")) })],
  ["celu", (g, x, args) => g.op("Celu", [x], { alpha: float(numberIn(args, "alpha")) })],
  ["selu", plain("Selu")],
  ["swish", (g, x) => g.op("Mul", [x, g.op("Sigmoid", [x])])],
  ["sigmoid", plain("Sigmoid")],
  ["tanh", plain("Tanh")],
  ["gelu", (g, x) => g.op("Gelu", [x], { approximate: "none" })],
  ["leaky_relu", (g, x, args) => g.op("LeakyRelu", [x], { alpha: float(numberIn(args, "negative_slope")) })],
  ["softplus", plain("Softplus")],
  ["softsign", plain("Softsign")],
  ["mish", plain("Mish")],
  ["exponential", plain("Exp")],
  ["hard_sigmoid", (g, x) => g.op("HardSigmoid", [x], { alpha: float(1 / 6), beta: float(0.5) })],
  ["hard_swish", plain("HardSwish")],
  ["hard_tanh", (g, x) => clipped(g, x, -1, 1)],
  ["softmax", (g, x) => g.op("Softmax", [x], { axis: -1 })],
  ["log_softmax", (g, x) => g.op("LogSoftmax", [x], { axis: -1 })],
  ["tanh_shrink", (g, x) => g.op("Sub", [x, g.op("Tanh", [x])])],
  [
    "hard_shrink",
    (g, x, args) => g.op("Shrink", [x], { lambd: float(numberIn(args, "threshold")), bias: float(0) }),
  ],
  [
    "soft_shrink",
    (g, x, args) => {
      const threshold = float(numberIn(args, "threshold"));
      return g.op("Shrink", [x], { lambd: threshold, bias: threshold });
    },
  ],
  ["log_sigmoid", (g, x) => g.op("Neg", [g.op("Softplus", [g.op("Neg", [x])])])],
  [
    "squareplus",
    (g, x, args) => {
      const inside = g.op("Add", [g.op("Mul", [x, x]), constant(g, numberIn(args, "b"))]);
      return g.op("Mul", [g.op("Add", [x, g.op("Sqrt", [inside])]), constant(g, 0.5)]);
    },
  ],
  [
    "sparse_plus",
    (g, x) => {
      const next = g.op("Add", [clipped(g, x, -1, 1), constant(g, 1)]);
      const bent = g.op("Mul", [g.op("Mul", [next, next]), constant(g, 0.25)]);
      return g.op("Where", [g.op("GreaterOrEqual", [x, constant(g, 1)]), x, bent]);
    },
  ],
]);
