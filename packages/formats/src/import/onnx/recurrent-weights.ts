// Weights of recurrent layers: gates in the order of Netwright, biases added or side by side.

import { at } from "@netwright/definitions";
import {
  type FloatTensor,
  gatesBack,
  gatesBackInOrder,
  reshaped,
  rowAt,
  stacked,
} from "../../model/layouts.ts";
import { floatsOf, misfit, type NodeContext } from "./node-context.ts";

export interface Cell {
  readonly layer: "simple_rnn" | "lstm" | "gru";
  /** Gates of the file in the order of Netwright. */
  readonly order: readonly number[];
  readonly activations: readonly {
    readonly argument: "activation" | "recurrent_activation";
    readonly usual: string;
  }[];
}

export const cells: Readonly<Record<string, Cell>> = {
  RNN: { layer: "simple_rnn", order: [0], activations: [{ argument: "activation", usual: "tanh" }] },
  LSTM: {
    layer: "lstm",
    order: [0, 2, 3, 1],
    activations: [
      { argument: "recurrent_activation", usual: "sigmoid" },
      { argument: "activation", usual: "tanh" },
      { argument: "activation", usual: "tanh" },
    ],
  },
  GRU: {
    layer: "gru",
    order: [0, 1, 2],
    activations: [
      { argument: "recurrent_activation", usual: "sigmoid" },
      { argument: "activation", usual: "tanh" },
    ],
  },
};

interface Side {
  readonly kernel: FloatTensor;
  readonly recurrent: FloatTensor;
  /** Null where all of it is 0. */
  readonly bias: FloatTensor | null;
  /** Its shape where it is 0. */
  readonly none: FloatTensor;
}

export function weightsOf(
  c: NodeContext,
  { order, layer }: Cell,
  side: number,
  units: number,
  isResetAfter: boolean,
): Side {
  const turned = (input: number) => gatesBack(rowAt(floatsOf(c.constant(input)), side), order);
  const given = c.optional(3);
  const width = order.length * units;
  const isDouble = layer === "gru" && isResetAfter;
  const none: FloatTensor = {
    shape: isDouble ? [2, width] : [width],
    data: new Float32Array(isDouble ? 2 * width : width),
  };
  const both = given === null ? null : rowAt(floatsOf(given), side);
  if (both !== null && both.data.length !== 2 * width)
    return misfit("has biases of other sizes than its units");
  const bias = both === null || both.data.every((one) => one === 0) ? null : biasOf(both, order, isDouble);
  return { kernel: turned(1), recurrent: turned(2), bias, none };
}

function biasOf(both: FloatTensor, order: readonly number[], isDouble: boolean): FloatTensor {
  const halves = reshaped(both, [2, both.data.length / 2]);
  const own = gatesBackInOrder(rowAt(halves, 0), order);
  const hidden = gatesBackInOrder(rowAt(halves, 1), order);
  if (isDouble) return reshaped(stacked([own, hidden]), halves.shape);
  return { shape: own.shape, data: own.data.map((value, i) => value + at(hidden.data, i)) };
}

export function namedWeights(
  { kernel, recurrent: hidden, bias, none }: Side,
  isBiased: boolean,
): ReadonlyMap<string, FloatTensor> {
  return new Map([
    ["kernel", kernel],
    ["recurrent_kernel", hidden],
    ...(isBiased ? [["bias", bias ?? none] as const] : []),
  ]);
}
