// The tensors of a module of PyTorch as those of the layer that does the same: the way back of `safetensors/torch-names.ts`.

import { at } from "@netwright/definitions";
import { sizeOf } from "@netwright/ir";
import {
  type FloatTensor,
  gatesBack,
  gatesBackInOrder,
  reshaped,
  rowAt,
  stacked,
  transposed,
} from "../../model/layouts.ts";

export type Tensors = ReadonlyMap<string, FloatTensor>;

/** By the names in the layer. `wanted` are the shapes that it has. Null where the tensors are not those of its module. */
export function fromTorch(
  layer: string,
  given: Tensors,
  wanted: ReadonlyMap<string, readonly number[]>,
): Tensors | null {
  const rule = rules.get(layer);
  const made = rule === undefined ? null : rule(given, wanted);
  if (made === null) return null;
  for (const [name, shape] of wanted) if (made.get(name)?.shape.join() !== shape.join()) return null;
  return made.size === wanted.size ? made : null;
}

/** Whether there is no other tensor than these: what it does would be lost. */
function hasOnly(given: Tensors, names: readonly string[]): boolean {
  return [...given.keys()].every((name) => names.includes(name));
}

type Rule = (given: Tensors, wanted: ReadonlyMap<string, readonly number[]>) => Tensors | null;
type Change = (tensor: FloatTensor, shape: readonly number[]) => FloatTensor | null;

const asIs: Change = (tensor) => tensor;
const turned: Change = (tensor) => (tensor.shape.length === 2 ? transposed(tensor, [1, 0]) : null);

/** [out, in, ...window] as [...window, in, out]. */
const channelsLast: Change = (tensor) => {
  const directions = tensor.shape.length - 2;
  if (directions < 1) return null;
  return transposed(tensor, [...Array.from({ length: directions }, (_, d) => d + 2), 1, 0]);
};

/** [channels x each, 1, ...window] as [...window, channels, each]. */
const channelsTogether: Change = (tensor, shape) => {
  const [, one, ...window] = tensor.shape;
  const [channels = 1, each = 1] = shape.slice(-2);
  if (one !== 1 || tensor.shape[0] !== channels * each || window.length < 1) return null;
  const apart = reshaped(tensor, [channels, each, ...window]);
  return transposed(apart, [...window.map((_, d) => d + 2), 0, 1]);
};

const named =
  (names: Readonly<Record<string, readonly [string, Change]>>): Rule =>
  (given, wanted) => {
    const made = new Map<string, FloatTensor>();
    for (const [name, shape] of wanted) {
      const rule = Object.hasOwn(names, name) ? names[name] : undefined;
      const tensor = rule === undefined ? undefined : given.get(rule[0]);
      const own = rule === undefined || tensor === undefined ? null : rule[1](tensor, shape);
      if (own === null) return null;
      made.set(name, own);
    }
    return made.size === given.size ? made : null;
  };

const linear = named({ kernel: ["weight", turned], bias: ["bias", asIs] });
const convolution = named({ kernel: ["weight", channelsLast], bias: ["bias", asIs] });
const depthwise = named({ kernel: ["weight", channelsTogether], bias: ["bias", asIs] });
const normal = named({
  gamma: ["weight", asIs],
  beta: ["bias", asIs],
  scale: ["weight", asIs],
  moving_mean: ["running_mean", asIs],
  moving_variance: ["running_var", asIs],
});

/** Gates of PyTorch in the order of Netwright. */
const recurrent =
  (order: readonly number[]): Rule =>
  (given, wanted) => {
    if (!hasOnly(given, ["weight_ih_l0", "weight_hh_l0", "bias_ih_l0", "bias_hh_l0"])) return null;
    const [kernel, hidden] = [given.get("weight_ih_l0"), given.get("weight_hh_l0")];
    if (kernel?.shape.length !== 2 || hidden?.shape.length !== 2) return null;
    const made = new Map<string, FloatTensor>([
      ["kernel", gatesBack(kernel, order)],
      ["recurrent_kernel", gatesBack(hidden, order)],
    ]);
    const shape = wanted.get("bias");
    const [own, other] = [given.get("bias_ih_l0"), given.get("bias_hh_l0")];
    if (shape === undefined || own === undefined || other === undefined)
      return shape === undefined && own === undefined ? made : null;
    if (own.data.length !== other.data.length) return null;
    const [a, b] = [gatesBackInOrder(own, order), gatesBackInOrder(other, order)];
    made.set(
      "bias",
      shape.length === 2
        ? reshaped(stacked([a, b]), [2, a.data.length])
        : { shape: a.shape, data: a.data.map((value, i) => value + at(b.data, i)) },
    );
    return made;
  };

const cells: ReadonlyMap<string, Rule> = new Map([
  ["simple_rnn", recurrent([0])],
  ["lstm", recurrent([0, 1, 2, 3])],
  ["gru", recurrent([1, 0, 2])],
]);

/** Two ways, of which PyTorch calls the second `..._reverse`. Which cell it is, the numbers of gates say. */
const bidirectional: Rule = (given, wanted) => {
  const [units = 1, width = 1] = wanted.get("forward_recurrent_kernel") ?? [];
  const cell = cells.get(width === 4 * units ? "lstm" : width === 3 * units ? "gru" : "simple_rnn");
  const made = new Map<string, FloatTensor>();
  for (const [side, ending] of [
    ["forward", ""],
    ["backward", "_reverse"],
  ] as const) {
    const own = new Map(
      [...given].flatMap(([name, tensor]) => {
        const isOfSide = name.endsWith("_reverse") === (ending !== "");
        return isOfSide ? [[name.slice(0, name.length - ending.length), tensor] as const] : [];
      }),
    );
    const shapes = new Map(
      [...wanted].flatMap(([name, shape]) =>
        name.startsWith(`${side}_`) ? [[name.slice(side.length + 1), shape] as const] : [],
      ),
    );
    const part = cell?.(own, shapes) ?? null;
    if (part === null) return null;
    for (const [name, tensor] of part) made.set(`${side}_${name}`, tensor);
  }
  return made;
};

/** `MultiheadAttention`, with queries, keys and values in one matrix. */
const attention: Rule = (given, wanted) => {
  const names = ["query", "key", "value"] as const;
  if (!hasOnly(given, ["in_proj_weight", "in_proj_bias", "out_proj.weight", "out_proj.bias"])) return null;
  const weight = given.get("in_proj_weight");
  const output = given.get("out_proj.weight");
  const width = (weight?.shape[0] ?? 0) / 3;
  if (weight?.shape.length !== 2 || output?.shape.length !== 2 || !Number.isInteger(width)) return null;
  const made = new Map<string, FloatTensor>();
  const apart = reshaped(weight, [3, width, weight.shape[1] ?? 1]);
  names.forEach((name, i) => {
    made.set(`${name}_kernel`, transposed(rowAt(apart, i), [1, 0]));
  });
  made.set("output_kernel", transposed(output, [1, 0]));
  const [bias, last] = [given.get("in_proj_bias"), given.get("out_proj.bias")];
  if (!wanted.has("output_bias")) return bias === undefined && last === undefined ? made : null;
  if (bias?.data.length !== 3 * width || last === undefined) return null;
  const biases = reshaped(bias, [3, width]);
  names.forEach((name, i) => {
    made.set(`${name}_bias`, rowAt(biases, i));
  });
  made.set("output_bias", last);
  return made;
};

/** One slope for all, or one for each channel. */
const prelu: Rule = (given, wanted) => {
  const weight = given.get("weight");
  const shape = wanted.get("alpha");
  if (weight === undefined || shape === undefined || given.size !== 1) return null;
  const isOne = weight.data.length === 1;
  if (!isOne && sizeOf(shape) !== weight.data.length) return null;
  const data = isOne ? new Float32Array(sizeOf(shape)).fill(at(Array.from(weight.data), 0)) : weight.data;
  return new Map([["alpha", { shape, data }]]);
};

const rules: ReadonlyMap<string, Rule> = new Map<string, Rule>([
  ["dense", linear],
  ["conv1d", convolution],
  ["conv2d", convolution],
  ["depthwise_conv1d", depthwise],
  ["depthwise_conv2d", depthwise],
  ["conv_transpose1d", convolution],
  ["conv_transpose2d", convolution],
  ["batch_norm", normal],
  ["layer_norm", normal],
  ["group_norm", normal],
  ["rms_norm", normal],
  ["embedding", named({ embeddings: ["weight", asIs] })],
  ...cells,
  ["bidirectional", bidirectional],
  ["multi_head_attention", attention],
  ["prelu", prelu],
]);
