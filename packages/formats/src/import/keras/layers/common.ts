// Layers that go into Netwright under another name and with the same arguments.

import { type Argument, quote } from "@netwright/definitions";
import type { FloatTensor } from "../../../model/layouts.ts";
import type { ForeignLayerName } from "../../foreign-model.ts";
import { fieldOf, type JsonObject, listIn, numberIn, textIn } from "../json.ts";
import { activationLayer } from "./activations.ts";
import {
  behind,
  flagIn,
  isChannelsLast,
  policyIn,
  put,
  putActivated,
  type Rule,
  type RuleContext,
  refused,
  sizesIn,
  weightsIn,
  whatOf,
  wholeIn,
} from "./rule.ts";

type Names = readonly (readonly [own: string, kerasName?: string])[];

const BIAS: Names = [["bias"]];

function withBias(config: JsonObject, ...names: Names): Names {
  return flagIn(config, "use_bias", true) ? [...names, ...BIAS] : names;
}

/** What changes the weights where they are stored. */
function isPlainlyStored(context: RuleContext): boolean {
  const { config } = context;
  if (wholeIn(config, "lora_rank") !== null) {
    refused(context, "has weights in two parts, `lora_rank`: merge them before it is saved");
    return false;
  }
  if ((fieldOf(config, "quantization_config") ?? null) === null && !/int8|int4/.test(policyIn(config)))
    return true;
  refused(context, "has quantised weights, and those of Netwright are f32");
  return false;
}

export const dense: Rule = (context) => {
  const { config, x } = context;
  const units = wholeIn(config, "units");
  if (units === null) return refused(context, "does not say its `units`");
  if (!isPlainlyStored(context)) return x;
  const weights = weightsIn(context, withBias(config, ["kernel"]));
  if (weights === null) return x;
  return putActivated(context, "dense", {
    args: { units, use_bias: flagIn(config, "use_bias", true) },
    weights,
  });
};

function windowArgs(config: JsonObject): Record<string, Argument> {
  return {
    kernel_size: sizesIn(config, "kernel_size"),
    strides: sizesIn(config, "strides") ?? 1,
    padding: textIn(config, "padding") ?? "valid",
    dilation_rate: sizesIn(config, "dilation_rate") ?? 1,
    use_bias: flagIn(config, "use_bias", true),
  };
}

interface Convolution {
  readonly layer: ForeignLayerName;
  readonly weights: Names;
  /** Further arguments of it. */
  readonly args: (
    config: JsonObject,
    weights: Readonly<Record<string, FloatTensor>>,
  ) => Record<string, Argument>;
}

const convolved =
  ({ layer, weights: names, args }: Convolution): Rule =>
  (context) => {
    const { config, x } = context;
    if (!isChannelsLast(context) || !isPlainlyStored(context)) return x;
    const window = windowArgs(config);
    if (window["kernel_size"] === null) return refused(context, "does not say its `kernel_size`");
    const weights = weightsIn(context, withBias(config, ...names));
    return weights === null
      ? x
      : putActivated(context, layer, { args: { ...window, ...args(config, weights) }, weights });
  };

const filtersIn = (config: JsonObject) => ({ filters: wholeIn(config, "filters") ?? 1 });
/** TensorFlow.js does not save it: it is the last size of the kernel. */
const multiplierIn = (config: JsonObject, kernel: FloatTensor | undefined) => ({
  depth_multiplier: wholeIn(config, "depth_multiplier") ?? kernel?.shape.at(-1) ?? 1,
});

export const convolution = (layer: ForeignLayerName): Rule =>
  convolved({
    layer,
    weights: [["kernel"]],
    args: (config) => ({ ...filtersIn(config), groups: wholeIn(config, "groups") ?? 1 }),
  });

export const depthwise = (layer: ForeignLayerName): Rule =>
  convolved({
    layer,
    weights: [["kernel", "depthwise_kernel"]],
    args: (config, { kernel }) => multiplierIn(config, kernel),
  });

export const separable = (layer: ForeignLayerName): Rule =>
  convolved({
    layer,
    weights: [["depthwise_kernel"], ["pointwise_kernel"]],
    args: (config, { depthwise_kernel }) => ({
      ...filtersIn(config),
      ...multiplierIn(config, depthwise_kernel),
    }),
  });

export const convolutionTransposed = (layer: ForeignLayerName): Rule =>
  convolved({
    layer,
    weights: [["kernel"]],
    args: (config) => ({ ...filtersIn(config), output_padding: sizesIn(config, "output_padding") }),
  });

export const pooling =
  (layer: ForeignLayerName): Rule =>
  (context) => {
    const { config, x } = context;
    if (!isChannelsLast(context)) return x;
    const pool_size = sizesIn(config, "pool_size") ?? 2;
    const strides = sizesIn(config, "strides");
    return put(context, layer, {
      args: {
        pool_size,
        // Windows lie side by side where nothing else is said.
        strides: JSON.stringify(strides) === JSON.stringify(pool_size) ? null : strides,
        padding: textIn(config, "padding") ?? "valid",
      },
    });
  };

export const globalPooling =
  (layer: ForeignLayerName): Rule =>
  (context) => {
    const { config, x, rank } = context;
    if (!isChannelsLast(context)) return x;
    const keepdims = flagIn(config, "keepdims", false);
    return put(context, layer, { args: { keepdims }, rank: keepdims ? rank : 1 });
  };

export const upsampling =
  (layer: ForeignLayerName): Rule =>
  (context) => {
    const { config, x } = context;
    if (!isChannelsLast(context)) return x;
    const size = sizesIn(config, "size") ?? 2;
    if (layer === "upsampling1d") return put(context, layer, { args: { size } });
    const interpolation = textIn(config, "interpolation") ?? "nearest";
    if (interpolation !== "nearest" && interpolation !== "bilinear")
      return refused(
        context,
        `fills in by ${quote(interpolation)}, and Netwright by \`nearest\` and \`bilinear\``,
      );
    return put(context, layer, { args: { size, interpolation } });
  };

/** One number, one for each direction, or both ends of each. */
export const edges =
  (layer: ForeignLayerName, key: "padding" | "cropping"): Rule =>
  (context) => {
    const { config, x } = context;
    if (!isChannelsLast(context)) return x;
    const found = simpler(fieldOf(config, key));
    return found === null
      ? refused(context, `does not say its \`${key}\``)
      : put(context, layer, { args: { [key]: found } });
  };

function simpler(value: unknown): Argument | null {
  if (typeof value === "number") return value;
  if (!Array.isArray(value)) return null;
  const parts = value.map(simpler);
  if (parts.some((part) => part === null)) return null;
  const [first = null] = parts;
  return typeof first === "number" && parts.every((part) => part === first) ? first : parts;
}

export const flatten: Rule = (context) => {
  const { rank, x } = context;
  if (!isChannelsLast(context)) return x;
  return rank === 1 ? x : put(context, "flatten", { rank: 1 });
};

export const reshape: Rule = (context) => {
  const shape = listIn(context.config, "target_shape");
  if (shape === null || !shape.every((size): size is number => typeof size === "number"))
    return refused(context, "has a `target_shape` that is left open");
  return put(context, "reshape", { args: { target_shape: shape }, rank: shape.length });
};

export const permute: Rule = (context) => {
  const dims = listIn(context.config, "dims");
  if (dims === null || !dims.every((one): one is number => typeof one === "number"))
    return refused(context, "does not say its `dims`");
  return put(context, "permute", { args: { dims } });
};

export const repeatVector: Rule = (context) =>
  put(context, "repeat_vector", { args: { n: wholeIn(context.config, "n") ?? 1 }, rank: 2 });

/** Of several values. */
export const joined =
  (layer: ForeignLayerName): Rule =>
  (context) => {
    const { inputs, config, g, rank } = context;
    if (inputs.length === 0) return refused(context, "joins nothing");
    if (inputs.length === 1) return context.x;
    if (inputs.some((name) => g.rankOf(name) !== rank))
      return refused(context, "joins values of different numbers of sizes, which Netwright does not");
    if (layer === "concat") {
      const axis = numberIn(config, "axis") ?? -1;
      if (axis !== -1 && axis !== rank)
        return refused(context, `joins along size ${axis}, and \`concat\` along the last one`);
    }
    return put(context, layer, { inputs });
  };

export const embedding: Rule = (context) => {
  const { config, x, rank } = context;
  if (!isPlainlyStored(context)) return x;
  const weights = weightsIn(context, [["embeddings"]]);
  if (weights === null) return x;
  return put(context, "embedding", {
    args: {
      output_dim: wholeIn(config, "output_dim") ?? weights["embeddings"]?.shape[1] ?? 1,
      mask_zero: flagIn(config, "mask_zero", false),
    },
    weights,
    rank: rank + 1,
  });
};

export const masking: Rule = (context) =>
  put(context, "masking", { args: { mask_value: numberIn(context.config, "mask_value") ?? 0 } });

/** A rate of 0 drops nothing. */
export const dropout =
  (layer: ForeignLayerName, key: "rate" | "stddev"): Rule =>
  (context) => {
    const rate = numberIn(context.config, key) ?? 0;
    if (listIn(context.config, "noise_shape") !== null)
      return refused(context, "drops by a `noise_shape`, which Netwright has no form of");
    return rate === 0 ? context.x : put(context, layer, { args: { [key]: rate } });
  };

/** Works while training alone. */
export const leftOut: Rule = ({ g, spec, x }) => {
  g.note(`${whatOf(spec)} works while training alone, and is left out.`);
  return x;
};

export const nothing: Rule = ({ x }) => x;

export const activation: Rule = (context) => {
  const { spec, config, written, x } = context;
  const found = activationLayer(spec.className, config, written);
  if (typeof found === "string") return refused(context, found);
  return found === null || found.name === "linear" ? x : behind(context, x, found);
};

export const softmax: Rule = (context) => {
  const { config, rank, inputs } = context;
  if (inputs.length > 1)
    return refused(context, "is told which numbers count, which Netwright has no form of");
  const axes = [fieldOf(config, "axis") ?? -1].flat();
  return axes.length === 1 && (axes[0] === -1 || axes[0] === rank)
    ? put(context, "softmax")
    : refused(context, "is not along the last size, and that of Netwright is");
};

export const prelu: Rule = (context) => {
  const weights = weightsIn(context, [["alpha"]]);
  if (weights === null) return context.x;
  const shared = listIn(context.config, "shared_axes") ?? [];
  const axes = shared.filter((axis): axis is number => typeof axis === "number");
  return put(context, "prelu", { args: { shared_axes: axes.length === 0 ? null : axes }, weights });
};
