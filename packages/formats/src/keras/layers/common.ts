// Layers that go into Keras under another name and with the same arguments.

import { isInstance, numberIn, weightIn } from "../../model/layers.ts";
import type { FloatTensor } from "../../model/layouts.ts";
import { behind, type LayerRule, put, putActivated, refused, taken, weightsIn } from "./rule.ts";

export const dense: LayerRule = (context) => {
  const { args, shape } = context;
  const weights = weightsIn(context, [["kernel"], ["bias"]]);
  const factor = args["parametrization"] === "ntk" ? 1 / Math.sqrt(shape.at(-1) ?? 1) : 1;
  const scaled = weights.map((one) =>
    one.name === "kernel" && factor !== 1 ? { ...one, tensor: times(one.tensor, factor) } : one,
  );
  return putActivated(context, "Dense", taken(args, "units", "use_bias"), scaled);
};

function times({ shape, data }: FloatTensor, factor: number): FloatTensor {
  return { shape, data: data.map((value) => value * factor) };
}

const WINDOW = ["kernel_size", "strides", "padding", "dilation_rate"] as const;

export const convolution =
  (className: string): LayerRule =>
  (context) => {
    const { g, args } = context;
    if (g.dialect === "tfjs" && numberIn(args, "groups") !== 1)
      return refused(context, "has groups, which TensorFlow.js passes over");
    if (g.dialect === "tfjs" && args["padding"] === "causal")
      return refused(context, "is causal, which TensorFlow.js has no form of");
    return putActivated(
      context,
      className,
      taken(args, "filters", ...WINDOW, ...(g.dialect === "keras" ? ["groups"] : []), "use_bias"),
      weightsIn(context, [["kernel"], ["bias"]]),
    );
  };

/** Of layers that Keras has no causal form of. */
const notCausal =
  (rule: LayerRule): LayerRule =>
  (context) =>
    context.args["padding"] === "causal"
      ? refused(context, "is causal, which this layer of Keras has no form of")
      : rule(context);

export const depthwise = (className: string): LayerRule =>
  notCausal((context) =>
    putActivated(
      context,
      className,
      taken(context.args, ...WINDOW, "depth_multiplier", "use_bias"),
      weightsIn(context, [["kernel", "depthwise_kernel"], ["bias"]]),
    ),
  );

export const separable = (className: string): LayerRule =>
  notCausal((context) =>
    putActivated(
      context,
      className,
      taken(context.args, "filters", ...WINDOW, "depth_multiplier", "use_bias"),
      weightsIn(context, [["depthwise_kernel"], ["pointwise_kernel"], ["bias"]]),
    ),
  );

export const convolutionTransposed =
  (className: string): LayerRule =>
  (context) => {
    const { g, args } = context;
    const { output_padding = null, dilation_rate = 1 } = args;
    const isPlain = output_padding === null && [dilation_rate].flat().every((rate) => rate === 1);
    if (g.dialect === "tfjs" && !isPlain)
      return refused(
        context,
        "has an `output_padding` or a `dilation_rate`, which TensorFlow.js passes over",
      );
    return putActivated(
      context,
      className,
      taken(args, "filters", ...WINDOW, ...(g.dialect === "keras" ? ["output_padding"] : []), "use_bias"),
      weightsIn(context, [["kernel"], ["bias"]]),
    );
  };

/** Nothing but its arguments. */
export const plain =
  (className: string, ...names: readonly string[]): LayerRule =>
  (context) =>
    put(context, className, taken(context.args, ...names));

export const globalPooling =
  (className: string): LayerRule =>
  (context) => {
    const keeps = context.args["keepdims"] === true;
    if (keeps && context.g.dialect === "tfjs")
      return refused(context, "keeps its sizes, which TensorFlow.js has no form of");
    return put(context, className, keeps ? { keepdims: true } : {});
  };

/** Of several values. */
export const joined =
  (className: string): LayerRule =>
  (context) =>
    // A single one is joined with none.
    context.inputs.length === 1
      ? context.x
      : put(context, className, className === "Concatenate" ? { axis: -1 } : {}, [], {
          inputs: context.inputs,
        });

export const activation: LayerRule = (context) => {
  const own = context.args["function"];
  return isInstance(own) ? behind(context, context.x, own) : context.x;
};

export const embedding: LayerRule = (context) => {
  const { args, g, node, shape } = context;
  if (args["mask_zero"] === true)
    return refused(context, "tells which steps are padding, which is not written");
  const [input_dim = 1, output_dim = 1] = weightIn(context, "embeddings").shape;
  const weights = weightsIn(context, [["embeddings"]]);
  if (shape.length > 0) return put(context, "Embedding", { input_dim, output_dim }, weights);
  // The index of a row is an input of one number.
  const looked = put(context, "Embedding", { input_dim, output_dim }, weights, { shape: [1, output_dim] });
  return g.add({
    name: `${node.name}_row`,
    className: "Reshape",
    config: { target_shape: [output_dim] },
    inputs: [looked],
    shape: [output_dim],
  });
};

/** TensorFlow.js takes a size for each direction. */
export const upsampling2d: LayerRule = (context) => {
  const { size = 1, interpolation = "nearest" } = taken(context.args, "size", "interpolation");
  return put(context, "UpSampling2D", {
    size: typeof size === "number" ? [size, size] : size,
    interpolation,
  });
};

/** Rows of one size are flat, and TensorFlow.js refuses them. */
export const flatten: LayerRule = (context) =>
  context.shape.length === 1 ? context.x : put(context, "Flatten");

export const reshape: LayerRule = (context) => put(context, "Reshape", { target_shape: [...context.output] });

/** A rate that changes while training is that of the start of it: what predicts drops nothing. */
export const dropout =
  (className: string, name: "rate" | "stddev"): LayerRule =>
  (context) => {
    const rate = context.args[name];
    return typeof rate === "number" ? put(context, className, { [name]: rate }) : context.x;
  };

export const spatialDropout: LayerRule = (context) =>
  context.shape.length > 3 || !context.g.has(`SpatialDropout${context.shape.length - 1}D`)
    ? context.x
    : dropout(`SpatialDropout${context.shape.length - 1}D`, "rate")(context);

/** Works while training alone. */
export const nothing: LayerRule = ({ x }) => x;
