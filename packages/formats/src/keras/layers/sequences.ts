// Recurrent layers and attention.

import { type Args, quote } from "@netwright/definitions";
import { isInstance, numberIn, weightIn } from "../../model/layers.ts";
import { type FloatTensor, reshaped } from "../../model/layouts.ts";
import { activationForm } from "../activations.ts";
import type { Config, KerasWeight } from "../graph.ts";
import { type LayerContext, type LayerRule, put, refused, taken } from "./rule.ts";

const CLASSES: ReadonlyMap<string, string> = new Map([
  ["simple_rnn", "SimpleRNN"],
  ["lstm", "LSTM"],
  ["gru", "GRU"],
]);

export const recurrent: LayerRule = (context) => {
  const { node, args, weight } = context;
  const config = configOf(context, node.layer, args);
  if (config === null) return context.x;
  return put(context, CLASSES.get(node.layer) ?? "", config, cellWeights("cell", "", weight));
};

export const bidirectional: LayerRule = (context) => {
  const { args, weight, g } = context;
  const layer = args["layer"];
  if (!isInstance(layer)) throw new Error("bidirectional has a layer");
  const className = CLASSES.get(layer.name);
  if (className === undefined)
    return refused(context, `goes both ways by ${quote(layer.name)}, which Keras has no form of`);
  const config = configOf(context, layer.name, layer.args);
  if (config === null || g.dialect === "tfjs") return put(context, "Bidirectional");
  return put(
    context,
    "Bidirectional",
    {
      layer: {
        module: "keras.layers",
        class_name: className,
        config: { name: `${context.node.name}_layer`, ...config },
      },
      merge_mode: String(args["merge_mode"]),
    },
    [
      ...cellWeights("forward_layer/cell", "forward_", weight),
      ...cellWeights("backward_layer/cell", "backward_", weight),
    ],
  );
};

/** Null where it is refused. */
function configOf(context: LayerContext, layer: string, args: Args): Config | null {
  const { g } = context;
  if (layer === "gru" && args["reset_after"] !== false && g.dialect === "tfjs") {
    refused(context, "resets behind its product, `reset_after: true`, which TensorFlow.js refuses");
    return null;
  }
  const config: { [name: string]: Config[string] } = taken(
    args,
    "units",
    "use_bias",
    "return_sequences",
    "go_backwards",
  );
  if (layer === "gru") config["reset_after"] = args["reset_after"] !== false;
  for (const name of ["activation", "recurrent_activation"]) {
    const own = args[name];
    if (!isInstance(own)) continue;
    const form = cellActivation(context, own);
    if (form === null) return null;
    config[name] = form;
  }
  return config;
}

/** A cell has a place for names alone. */
function cellActivation(
  context: LayerContext,
  { name, args }: { readonly name: string; readonly args: Args },
): string | null {
  if (name === "elu" && numberIn(args, "alpha") === 1) return "elu";
  const form = activationForm(name, args, context.g.dialect);
  if (form.kind === "name") return form.name;
  refused(context, `has the activation ${quote(name)}, which recurrent layers of the format have not`);
  return null;
}

function cellWeights(group: string, prefix: string, weight: LayerContext["weight"]): readonly KerasWeight[] {
  return ["kernel", "recurrent_kernel", "bias"].flatMap((name, i) => {
    const tensor = weight(`${prefix}${name}`);
    return tensor === null ? [] : [{ path: `${group}/vars/${i}`, name, tensor }];
  });
}

export const multiHeadAttention: LayerRule = (context) => {
  const { args, inputs, g } = context;
  if (args["rotary"] === true)
    return refused(
      context,
      "turns pairs of numbers by their step, `rotary: true`, which Keras has no form of",
    );
  const heads = numberIn(args, "num_heads");
  const shared = args["num_key_value_heads"];
  if (typeof shared === "number" && shared !== heads)
    return refused(context, "has fewer heads of keys than of queries, which this layer of Keras has not");
  const [query = context.x, value = query, key = value] = inputs;
  const weights = (["query", "key", "value"] as const).flatMap((name) => headWeights(context, name, heads));
  const output = weightIn(context, "output_kernel");
  const [rows = heads, width = 1] = output.shape;
  const bias = context.weight("output_bias");
  const dim = (name: string) => (weightIn(context, name).shape[1] ?? heads) / heads;
  if (!g.has("MultiHeadAttention")) return put(context, "MultiHeadAttention");
  return put(
    context,
    "MultiHeadAttention",
    {
      num_heads: heads,
      key_dim: dim("query_kernel"),
      value_dim: dim("value_kernel"),
      use_bias: bias !== null,
      output_shape: width,
    },
    [
      ...weights,
      {
        path: "output_dense/vars/0",
        name: "output_kernel",
        tensor: reshaped(output, [heads, rows / heads, width]),
      },
      ...(bias === null ? [] : [{ path: "output_dense/vars/1", name: "output_bias", tensor: bias }]),
    ],
    {
      inputs: [query, value, key],
      takes: "arguments",
      call: args["causal"] === true ? { use_causal_mask: true } : {},
    },
  );
};

function headWeights(context: LayerContext, name: string, heads: number): readonly KerasWeight[] {
  const kernel = weightIn(context, `${name}_kernel`);
  const bias = context.weight(`${name}_bias`);
  const [width = 1, all = heads] = kernel.shape;
  const apart = (tensor: FloatTensor, sizes: readonly number[]) => reshaped(tensor, sizes);
  return [
    {
      path: `${name}_dense/vars/0`,
      name: `${name}_kernel`,
      tensor: apart(kernel, [width, heads, all / heads]),
    },
    ...(bias === null
      ? []
      : [{ path: `${name}_dense/vars/1`, name: `${name}_bias`, tensor: apart(bias, [heads, all / heads]) }]),
  ];
}
