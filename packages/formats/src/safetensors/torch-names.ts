// What PyTorch calls the tensors of a layer, and how it lays them out: the `state_dict` of the module that does the same.

import type { Args } from "@netwright/definitions";
import { isObject } from "@netwright/definitions";
import {
  channelsApart,
  channelsFirst,
  type FloatTensor,
  gatesInOrder,
  gatesTurned,
  rowAt,
  transposed,
  zerosOf,
} from "../model/layouts.ts";

/** The tensors of a layer by their names in it. */
export type LayerTensors = ReadonlyMap<string, FloatTensor>;

/** The module, and its tensors in its order. */
export interface TorchModule {
  readonly module: string;
  readonly tensors: readonly (readonly [name: string, tensor: FloatTensor])[];
}

type Rule = (own: LayerTensors, args: Args) => TorchModule | null;

/** Null for a layer that PyTorch has no module of, or none that does the same with these arguments. */
export function torchModule(layer: string, own: LayerTensors, args: Args): TorchModule | null {
  return rules.get(layer)?.(own, args) ?? null;
}

/** `ntk` divides the sums, which `Linear` does not. */
const dense: Rule = (own, { parametrization }) =>
  parametrization === "ntk"
    ? null
    : named("Linear", own, { kernel: ["weight", turned], bias: ["bias", asIs] });

/** [...window, in, out] to [out, in, ...window]; of a transposed one [...window, out, in] to [in, out, ...window]. */
const convolution =
  (module: string): Rule =>
  (own) =>
    named(module, own, { kernel: ["weight", channelsFirst], bias: ["bias", asIs] });

/** [...window, channels, outputs of each] to [channels x outputs, 1, ...window]. */
const depthwise =
  (module: string): Rule =>
  (own) =>
    named(module, own, { kernel: ["weight", channelsApart], bias: ["bias", asIs] });

const normalized =
  (module: string): Rule =>
  (own) =>
    named(module, own, {
      gamma: ["weight", asIs],
      beta: ["bias", asIs],
      scale: ["weight", asIs],
      moving_mean: ["running_mean", asIs],
      moving_variance: ["running_var", asIs],
    });

/** Gates in the order in which PyTorch has them, with the activations that it has. */
const recurrent =
  (module: string, order: readonly number[]): Rule =>
  (own, args) => {
    if (!isNamed(args["activation"], "tanh") || !isNamed(args["recurrent_activation"], "sigmoid"))
      return null;
    const kernel = own.get("kernel");
    const hidden = own.get("recurrent_kernel");
    if (kernel === undefined || hidden === undefined) return null;
    return {
      module,
      tensors: [
        ["weight_ih_l0", gatesTurned(kernel, order)],
        ["weight_hh_l0", gatesTurned(hidden, order)],
        ...biasesOf(own.get("bias"), order),
      ],
    };
  };

/** One bias goes beside the kernel, and that beside the recurrent one is then 0. */
function biasesOf(bias: FloatTensor | undefined, order: readonly number[]): TorchModule["tensors"] {
  if (bias === undefined) return [];
  if (bias.shape.length === 2)
    return [
      ["bias_ih_l0", gatesInOrder(rowAt(bias, 0), order)],
      ["bias_hh_l0", gatesInOrder(rowAt(bias, 1), order)],
    ];
  return [
    ["bias_ih_l0", gatesInOrder(bias, order)],
    ["bias_hh_l0", zerosOf(bias.shape)],
  ];
}

/** PyTorch's resets behind the product. */
const gru: Rule = (own, args) =>
  args["reset_after"] === true ? recurrent("GRU", [1, 0, 2])(own, args) : null;

/** Also of an argument that the layer has not. */
function isNamed(value: unknown, name: string): boolean {
  return value === undefined || (isObject(value) && value["name"] === name);
}

const rules: ReadonlyMap<string, Rule> = new Map<string, Rule>([
  ["dense", dense],
  ["conv1d", convolution("Conv1d")],
  ["conv2d", convolution("Conv2d")],
  ["depthwise_conv1d", depthwise("Conv1d")],
  ["depthwise_conv2d", depthwise("Conv2d")],
  ["conv_transpose1d", convolution("ConvTranspose1d")],
  ["conv_transpose2d", convolution("ConvTranspose2d")],
  ["batch_norm", normalized("BatchNorm")],
  ["layer_norm", normalized("LayerNorm")],
  ["group_norm", normalized("GroupNorm")],
  ["rms_norm", normalized("RMSNorm")],
  ["embedding", (own) => named("Embedding", own, { embeddings: ["weight", asIs] })],
  ["simple_rnn", recurrent("RNN", [0])],
  ["lstm", recurrent("LSTM", [0, 1, 2, 3])],
  ["gru", gru],
]);

type Change = (tensor: FloatTensor) => FloatTensor;

/** Null where the layer has a tensor that the module has not. */
function named(
  module: string,
  own: LayerTensors,
  names: Readonly<Record<string, readonly [string, Change]>>,
): TorchModule | null {
  const tensors: [string, FloatTensor][] = [];
  for (const [name, tensor] of own) {
    const rule = Object.hasOwn(names, name) ? names[name] : undefined;
    if (rule === undefined) return null;
    tensors.push([rule[0], rule[1](tensor)]);
  }
  return { module, tensors };
}

const asIs: Change = (tensor) => tensor;

const turned: Change = (tensor) => (tensor.shape.length === 2 ? transposed(tensor, [1, 0]) : tensor);
