// Recurrent layers and attention.

import { type Argument, quote } from "@netwright/definitions";
import { sizeOf } from "@netwright/ir";
import { type FloatTensor, reshaped } from "../../../model/layouts.ts";
import { instanceOf } from "../../foreign-model.ts";
import { fieldOf, isOfKeras, type JsonObject, numberIn, objectIn, textIn } from "../json.ts";
import { namesOf, type Written } from "../layer-call.ts";
import { activationIn } from "./activations.ts";
import { flagIn, put, type Rule, type RuleContext, refused, wholeIn } from "./rule.ts";

type CellName = "simple_rnn" | "lstm" | "gru";

/** Sums side by side of each unit, and which of them go through `recurrent_activation`. */
const GATES: { readonly [N in CellName]: { readonly sums: number; readonly gates: readonly number[] } } = {
  simple_rnn: { sums: 1, gates: [] },
  lstm: { sums: 4, gates: [0, 1, 3] },
  gru: { sums: 3, gates: [0, 1] },
};

interface Cell {
  readonly args: Record<string, Argument>;
  /** By how much the sums of gates are multiplied. */
  readonly factor: number;
}

/** Null after a refusal. */
function cellIn(context: RuleContext, layer: CellName, config: JsonObject): Cell | null {
  const no = (why: string): null => {
    refused(context, why);
    return null;
  };
  const { written } = context;
  if (flagIn(config, "stateful", false))
    return no("keeps its state from batch to batch, and that of Netwright begins anew");
  if (flagIn(config, "time_major", false)) return no("has steps before rows, and Netwright has rows first");
  if (flagIn(config, "zero_output_for_mask", false))
    return no("gives zeros at steps that are padding, and that of Netwright what it gave before");
  const units = wholeIn(config, "units");
  if (units === null) return no("does not say its `units`");
  const args: Record<string, Argument> = {
    units,
    use_bias: flagIn(config, "use_bias", true),
    return_sequences: flagIn(config, "return_sequences", false),
    go_backwards: flagIn(config, "go_backwards", false),
    dropout: numberIn(config, "dropout") ?? 0,
    recurrent_dropout: numberIn(config, "recurrent_dropout") ?? 0,
  };
  if (layer === "lstm") args["unit_forget_bias"] = flagIn(config, "unit_forget_bias", true);
  if (layer === "gru") args["reset_after"] = flagIn(config, "reset_after", written === "keras3");
  let factor = 1;
  for (const key of layer === "simple_rnn"
    ? (["activation"] as const)
    : (["activation", "recurrent_activation"] as const)) {
    const stated = fieldOf(config, key) ?? otherwise(key, written);
    const found = activationIn(stated, written);
    if (typeof found === "string") return no(found);
    if (found?.before !== undefined && key === "activation")
      return no(`has the activation ${quote(String(stated))}, which is another function here`);
    if (found?.factor !== undefined) factor = found.factor;
    args[key] = instanceOf("activation", found?.name ?? "linear", found?.args ?? {});
  }
  return { args, factor };
}

/** Where a file says nothing. */
function otherwise(key: "activation" | "recurrent_activation", written: Written): string {
  if (key === "activation") return "tanh";
  return written === "tfjs" ? "hard_sigmoid" : "sigmoid";
}

/** Null after a refusal. `first` is the place of its kernel among the weights of the layer. */
function cellWeights(
  context: RuleContext,
  layer: CellName,
  { args, factor }: Cell,
  group: string,
  first = 0,
): Record<string, FloatTensor> | null {
  const names = ["kernel", "recurrent_kernel", ...(args["use_bias"] === true ? ["bias"] : [])];
  const found: Record<string, FloatTensor> = {};
  for (const [i, name] of names.entries()) {
    const tensor = context.weight({
      path: `${group}/vars/${i}`,
      name: first === 0 ? name : `${name} ${first}`,
      index: first + i,
    });
    if (tensor === null) {
      refused(context, `has no weights ${quote(name)} in the file`);
      return null;
    }
    // Of a layer that resets behind its product, [2, gates x units], and that of others [gates x units].
    found[name] = factor === 1 ? tensor : gatesTimes(tensor, layer, factor);
  }
  return found;
}

/** Of [..., sums x units] the parts that are gates. */
function gatesTimes({ shape, data }: FloatTensor, layer: CellName, factor: number): FloatTensor {
  const { sums, gates } = GATES[layer];
  const width = shape.at(-1) ?? sums;
  const units = width / sums;
  return {
    shape,
    data: data.map((value, i) => (gates.includes(Math.floor((i % width) / units)) ? value * factor : value)),
  };
}

const CELLS = new Map<string, CellName>([
  ["SimpleRNN", "simple_rnn"],
  ["LSTM", "lstm"],
  ["GRU", "gru"],
]);

export const recurrent: Rule = (context) => {
  const { spec, config, x } = context;
  const layer = CELLS.get(spec.className);
  if (layer === undefined) return refused(context, "is a cell that Netwright has not");
  if (isGivenState(context))
    return refused(context, "is given a state to begin with, and that of Netwright is 0");
  const cell = cellIn(context, layer, config);
  const weights = cell === null ? null : cellWeights(context, layer, cell, "cell");
  if (cell === null || weights === null) return x;
  return put(context, layer, {
    args: cell.args,
    weights,
    rank: cell.args["return_sequences"] === true ? 2 : 1,
  });
};

function isGivenState({ inputs, kwargs }: RuleContext): boolean {
  const state = kwargs.get("initial_state");
  return inputs.length > 1 || (state !== undefined && namesOf(state).length > 0);
}

/** What differs while training alone, and the direction, says nothing of what is computed at a step. */
const NOT_OF_STEPS = ["go_backwards", "dropout", "recurrent_dropout", "unit_forget_bias"];

function predictsAlike(one: Cell, other: Cell): boolean {
  const ofStep = ({ args, factor }: Cell) =>
    JSON.stringify([factor, Object.entries(args).filter(([name]) => !NOT_OF_STEPS.includes(name))]);
  return ofStep(one) === ofStep(other);
}

function isBackwards({ args }: Cell): boolean {
  return args["go_backwards"] === true;
}

export const bidirectional: Rule = (context) => {
  const { config, x } = context;
  const inner = objectIn(config, "layer");
  const layer = isOfKeras(inner) ? CELLS.get(textIn(inner, "class_name") ?? "") : undefined;
  const own = objectIn(inner, "config");
  if (layer === undefined || own === null)
    return refused(context, "goes both ways by a layer that Netwright has no form of");
  if (isGivenState(context))
    return refused(context, "is given a state to begin with, and that of Netwright is 0");
  // It gives zeros where there is padding, in Netwright as well.
  const cell = cellIn(context, layer, { ...own, zero_output_for_mask: false });
  if (cell === null) return x;
  const backward = objectIn(config, "backward_layer");
  const back = objectIn(backward, "config");
  if (backward !== null) {
    const name = isOfKeras(backward) ? CELLS.get(textIn(backward, "class_name") ?? "") : undefined;
    const other = name === layer ? cellIn(context, layer, { ...back, zero_output_for_mask: false }) : null;
    if (other === null || !predictsAlike(cell, other) || isBackwards(other) === isBackwards(cell))
      return refused(context, "goes back by another layer than forward");
  }
  const merge_mode = fieldOf(config, "merge_mode");
  if (merge_mode === null)
    return refused(context, "gives both directions apart, and that of Netwright joins them");
  const forward = cellWeights(context, layer, cell, "forward_layer/cell");
  const count = forward === null ? 0 : Object.keys(forward).length;
  const backwards = forward === null ? null : cellWeights(context, layer, cell, "backward_layer/cell", count);
  if (forward === null || backwards === null) return x;
  const prefixed = (prefix: string, weights: Readonly<Record<string, FloatTensor>>) =>
    Object.entries(weights).map(([name, tensor]) => [`${prefix}${name}`, tensor] as const);
  return put(context, "bidirectional", {
    args: {
      layer: instanceOf("layer", layer, cell.args),
      merge_mode: typeof merge_mode === "string" ? merge_mode : "concat",
    },
    weights: Object.fromEntries([...prefixed("forward_", forward), ...prefixed("backward_", backwards)]),
    rank: cell.args["return_sequences"] === true ? 2 : 1,
  });
};

const HEADS = ["query", "key", "value"] as const;

export const multiHeadAttention: Rule = (context) => {
  const { config, kwargs, x } = context;
  const given = attended(context);
  if (given === null) return x;
  const axes = [fieldOf(config, "attention_axes") ?? 1].flat();
  if (axes.length !== 1 || axes[0] !== 1) return refused(context, "attends along other sizes than the steps");
  if (isOn(kwargs.get("return_attention_scores"))) return refused(context, "gives its scores as well");
  const heads = wholeIn(config, "num_heads") ?? wholeIn(config, "num_query_heads");
  const dim = wholeIn(config, "key_dim") ?? wholeIn(config, "head_dim");
  if (heads === null || dim === null) return refused(context, "does not say its heads");
  const shared = wholeIn(config, "num_key_value_heads");
  const use_bias = flagIn(config, "use_bias", true);
  const weights: Record<string, FloatTensor> = {};
  const taking = (own: string, group: string, i: number, index: number): FloatTensor | null => {
    const place = { name: `${own} at ${index}`, index };
    const tensor =
      context.weight({ ...place, path: `${group}/vars/${i}` }) ??
      // As Keras 2 calls the group.
      context.weight({ ...place, path: `_${group}/vars/${i}` });
    if (tensor === null) refused(context, `has no weights ${quote(own)} in the file`);
    return tensor;
  };
  /** False after a refusal. */
  const keep = (own: string, tensor: FloatTensor, shape: readonly number[]): boolean => {
    const fits = sizeOf(shape) === tensor.data.length;
    if (fits) weights[own] = reshaped(tensor, shape);
    else
      refused(
        context,
        `has ${quote(own)} of [${tensor.shape.join(", ")}], which is none of [${shape.join(", ")}]`,
      );
    return fits;
  };
  const step = use_bias ? 2 : 1;
  for (const [place, name] of HEADS.entries()) {
    const kernel = taking(`${name}_kernel`, `${name}_dense`, 0, place * step);
    if (kernel === null) return x;
    const [width = 1, own = 1, each = 1] = kernel.shape;
    if (!keep(`${name}_kernel`, kernel, [width, own * each])) return x;
    if (!use_bias) continue;
    const bias = taking(`${name}_bias`, `${name}_dense`, 1, place * step + 1);
    if (bias === null || !keep(`${name}_bias`, bias, [own * each])) return x;
  }
  const output = taking("output_kernel", "output_dense", 0, 3 * step);
  if (output === null) return x;
  const [own = 1, each = 1, ...others] = output.shape;
  const width = others.reduce((product, size) => product * size, 1);
  if (!keep("output_kernel", output, [own * each, width])) return x;
  if (use_bias) {
    const bias = taking("output_bias", "output_dense", 1, 3 * step + 1);
    if (bias === null || !keep("output_bias", bias, [width])) return x;
  }
  const numbers = weights["query_kernel"]?.shape[0] ?? width;
  const values = wholeIn(config, "value_dim") ?? dim;
  return put(context, "multi_head_attention", {
    args: {
      num_heads: heads,
      // What follows from the numbers of a step is not said.
      key_dim: dim * heads === numbers ? null : dim,
      value_dim: values === dim ? null : values,
      output_shape: width === numbers ? null : width,
      num_key_value_heads: shared === heads ? null : shared,
      use_bias,
      causal: isOn(kwargs.get("use_causal_mask")),
      dropout: numberIn(config, "dropout") ?? 0,
    },
    weights,
    inputs: given,
  });
};

/** Query, value and key, as many as differ; null after a refusal. */
function attended(context: RuleContext): readonly string[] | null {
  const { args, kwargs } = context;
  const place = (index: number, name: string): string | undefined => {
    const taken = args[index] ?? kwargs.get(name);
    return taken === undefined ? undefined : namesOf(taken)[0];
  };
  const query = place(0, "query");
  const value = place(1, "value") ?? query;
  const key = place(2, "key") ?? value;
  if (query === undefined || value === undefined || key === undefined) {
    refused(context, "is not called with a query and a value");
    return null;
  }
  const mask = kwargs.get("attention_mask");
  if (args.length > 3 || (mask !== undefined && namesOf(mask).length > 0)) {
    refused(context, "is told by a mask of its own what it may see, which Netwright has no form of");
    return null;
  }
  if (value === query && key === query) return [query];
  return key === value ? [query, value] : [query, value, key];
}

function isOn(taken: RuleContext["args"][number] | undefined): boolean {
  return taken?.kind === "plain" && taken.value === true;
}

/** A layer that works along the last size, at each step: the same as the layer itself. */
export function isByStep(className: string): boolean {
  return BY_STEP.has(className);
}

const BY_STEP = new Set([
  "Dense",
  "Activation",
  "ReLU",
  "LeakyReLU",
  "ELU",
  "Softmax",
  "Dropout",
  "LayerNormalization",
  "BatchNormalization",
  "UnitNormalization",
  "RMSNormalization",
  "Rescaling",
  "GaussianNoise",
  "GaussianDropout",
  "AlphaDropout",
]);
