// Recurrent layers. ONNX has steps first, gates in an order of its own, and both biases in one row.

import type { Args, Instance } from "@netwright/definitions";
import { quote } from "@netwright/definitions";
import { isInstance, numberIn } from "../../model/layers.ts";
import {
  type FloatTensor,
  gatesInOrder,
  gatesTurned,
  reshaped,
  rowAt,
  stacked,
  zerosOf,
} from "../../model/layouts.ts";
import type { Attributes, Name } from "../graph-builder.ts";
import { type LayerContext, type LayerRule, placed, refused } from "./rule.ts";

interface Cell {
  readonly op: "RNN" | "LSTM" | "GRU";
  /** Gates of Netwright in the order of ONNX. */
  readonly order: readonly number[];
  /** Of one direction: the names of the arguments that are activations. */
  readonly activations: readonly string[];
}

const cells: ReadonlyMap<string, Cell> = new Map<string, Cell>([
  ["simple_rnn", { op: "RNN", order: [0], activations: ["activation"] }],
  [
    "lstm",
    { op: "LSTM", order: [0, 3, 1, 2], activations: ["recurrent_activation", "activation", "activation"] },
  ],
  ["gru", { op: "GRU", order: [0, 1, 2], activations: ["recurrent_activation", "activation"] }],
]);

export const recurrent: LayerRule = (context) => {
  const { node, args, weight, g } = context;
  const direction = args["go_backwards"] === true ? "reverse" : "forward";
  const ran = run(context, node.layer, args, direction, [weight]);
  if (ran === null) return context.x;
  if (args["return_sequences"] !== true) return g.op("Squeeze", [ran.last, g.ints([0])]);
  const all = g.op("Transpose", [g.op("Squeeze", [ran.all, g.ints([1])])], { perm: [1, 0, 2] });
  return direction === "reverse" ? reversed(context, all) : all;
};

export const bidirectional: LayerRule = (context) => {
  const { g, args, weight } = context;
  const layer = args["layer"];
  if (!isInstance(layer)) throw new Error("bidirectional has a layer");
  if (layer.args["go_backwards"] === true)
    return refused(context, "goes backwards first, which the format has no form of");
  const ran = run(context, layer.name, layer.args, "bidirectional", [
    (name) => weight(`forward_${name}`),
    (name) => weight(`backward_${name}`),
  ]);
  if (ran === null) return context.x;
  // [steps, directions, rows, units], or the last of both, [directions, rows, units].
  const isAll = layer.args["return_sequences"] === true;
  const both = isAll
    ? g.op("Transpose", [ran.all], { perm: [2, 0, 1, 3] })
    : g.op("Transpose", [ran.last], { perm: [1, 0, 2] });
  const units = numberIn(layer.args, "units");
  const steps = isAll ? [context.shape[0] ?? 1] : [];
  const mode = args["merge_mode"];
  if (mode === "concat") return g.reshape(both, [...steps, 2 * units]);
  const op = mode === "sum" ? "ReduceSum" : mode === "ave" ? "ReduceMean" : "ReduceProd";
  return g.op(op, [both, g.ints([isAll ? 2 : 1])], { keepdims: 0 });
};

/** Null where it is refused. */
function run(
  context: LayerContext,
  layer: string,
  args: Args,
  direction: "forward" | "reverse" | "bidirectional",
  sides: readonly LayerContext["weight"][],
): { readonly all: Name; readonly last: Name } | null {
  const { g, x } = context;
  const cell = cells.get(layer);
  if (cell === undefined) {
    refused(context, `goes through its steps by ${quote(layer)}, which the format has no form of`);
    return null;
  }
  const used = activationsOf(context, cell, args);
  if (used === null) return null;
  const units = numberIn(args, "units");
  const stack = (of: (weight: LayerContext["weight"]) => FloatTensor): FloatTensor =>
    stacked(sides.map(of).map(first));
  const steps = g.op("Transpose", [x], { perm: [1, 0, 2] });
  const inputs = [
    steps,
    placed(
      context,
      "kernel",
      stack((weight) => kernelOf(weight, "kernel", cell)),
    ),
    placed(
      context,
      "recurrent_kernel",
      stack((weight) => kernelOf(weight, "recurrent_kernel", cell)),
    ),
    placed(
      context,
      "bias",
      stack((weight) => biasOf(weight("bias"), cell, units)),
    ),
  ];
  const repeated = sides.flatMap(() => used);
  const attributes: Attributes = {
    hidden_size: units,
    direction,
    activations: { kind: "strings", value: repeated.map(({ name }) => name) },
    ...numbersOf(
      "activation_alpha",
      repeated.flatMap(({ alpha }) => alpha ?? []),
    ),
    ...numbersOf(
      "activation_beta",
      repeated.flatMap(({ beta }) => beta ?? []),
    ),
    ...(cell.op === "GRU" ? { linear_before_reset: args["reset_after"] === false ? 0 : 1 } : {}),
  };
  const [all = x, last = x] = g.ops(cell.op, inputs, 2, attributes);
  return { all, last };
}

function numbersOf(name: string, value: readonly number[]): Attributes {
  return value.length === 0 ? {} : { [name]: { kind: "floats", value } };
}

/** [1, ...], for one direction of several. */
function first(tensor: FloatTensor): FloatTensor {
  return reshaped(tensor, [1, ...tensor.shape]);
}

function kernelOf(weight: LayerContext["weight"], name: string, { order }: Cell): FloatTensor {
  const kernel = weight(name);
  if (kernel === null) throw new Error(`a recurrent layer has a ${name}`);
  return gatesTurned(kernel, order);
}

/** That of the kernel, then that of the recurrent kernel. */
function biasOf(bias: FloatTensor | null, { order }: Cell, units: number): FloatTensor {
  const none = zerosOf([order.length * units]);
  if (bias === null) return stacked([none, none]);
  if (bias.shape.length === 1) return stacked([gatesInOrder(bias, order), none]);
  return stacked([gatesInOrder(rowAt(bias, 0), order), gatesInOrder(rowAt(bias, 1), order)]);
}

interface CellActivation {
  readonly name: string;
  readonly alpha?: number;
  readonly beta?: number;
}

function activationsOf(context: LayerContext, cell: Cell, args: Args): readonly CellActivation[] | null {
  const found: CellActivation[] = [];
  for (const argument of cell.activations) {
    const own = args[argument];
    const known = isInstance(own) ? cellActivation(own) : null;
    if (known === null) {
      const name = isInstance(own) ? own.name : String(own);
      refused(context, `has the activation ${quote(name)}, which recurrent layers of the format have not`);
      return null;
    }
    found.push(known);
  }
  return found;
}

function cellActivation({ name, args }: Pick<Instance, "name" | "args">): CellActivation | null {
  switch (name) {
    case "tanh":
      return { name: "Tanh" };
    case "sigmoid":
      return { name: "Sigmoid" };
    case "softsign":
      return { name: "Softsign" };
    case "softplus":
      return { name: "Softplus" };
    case "linear":
      return { name: "Affine", alpha: 1, beta: 0 };
    case "hard_sigmoid":
      return { name: "HardSigmoid", alpha: 1 / 6, beta: 0.5 };
    case "elu":
      return { name: "Elu", alpha: numberIn(args, "alpha") };
    case "leaky_relu":
      return { name: "LeakyRelu", alpha: numberIn(args, "negative_slope") };
    case "relu":
      return args["max_value"] === null && args["negative_slope"] === 0 && args["threshold"] === 0
        ? { name: "Relu" }
        : null;
    default:
      return null;
  }
}

/** The last step first, as Netwright gives the outputs of a layer that goes backwards. */
function reversed({ g, shape }: LayerContext, x: Name): Name {
  const steps = shape[0] ?? 1;
  return g.op("Slice", [x, g.ints([-1]), g.ints([-steps - 1]), g.ints([1]), g.ints([-1])]);
}
