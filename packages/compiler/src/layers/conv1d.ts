// The one-dimensional convolution over [steps, channels].

import { choice, flag, instance, integer } from "@netwright/definitions";
import { defineLayer, onNumbers, plainParts } from "./layer.ts";
import { constraint, initializer, regularizer, weight } from "./variables.ts";

export const conv1d = defineLayer({
  name: "conv1d",
  doc: "Slides windows over a sequence: every output is a weighted sum of the numbers in a window, with the same weights at every step.",
  formula: "activation(sum over k and c of x[t * strides + k * dilation_rate, c] kernel[k, c] + bias)",
  example: "conv1d(16, 3, activation: relu)",
  source: "Keras, `Conv1D`",
  params: {
    filters: integer({ doc: "Number of outputs at each step.", min: 1 }),
    kernel_size: integer({ doc: "Steps of a window.", min: 1 }),
    strides: integer({ doc: "Steps from one window to the next.", default: 1, min: 1 }),
    padding: choice({
      doc: "What is around the sequence: nothing, zeros that keep its length, or zeros before it so that no window sees what comes later.",
      values: ["valid", "same", "causal"],
      default: "valid",
    }),
    dilation_rate: integer({ doc: "Steps from one number of a window to the next.", default: 1, min: 1 }),
    groups: integer({ doc: "Parts of the channels that are convolved each by itself.", default: 1, min: 1 }),
    activation: instance({ family: "activation", doc: "Applied to each output.", default: "linear" }),
    use_bias: flag({ doc: "Whether a bias is added.", default: true }),
    kernel_initializer: initializer("Start values of the kernel.", "glorot_uniform"),
    bias_initializer: initializer("Start values of the bias.", "zeros"),
    kernel_regularizer: regularizer("Penalty on the kernel."),
    bias_regularizer: regularizer("Penalty on the bias."),
    kernel_constraint: constraint("What the kernel is brought back to after every update."),
    bias_constraint: constraint("What the bias is brought back to after every update."),
  },
  output: onNumbers((shape, args) => {
    const [steps, channels, ...others] = shape;
    if (steps === undefined || channels === undefined || others.length > 0) {
      return {
        problem: `conv1d takes steps and channels, and its input has ${shape.length === 1 ? "one size" : `${shape.length} sizes`}`,
        note: "A row of 20 steps with 3 numbers each is `input(20, 3)`.",
      };
    }
    if (channels % args.groups !== 0 || args.filters % args.groups !== 0) {
      return {
        problem: `${args.groups} groups do not divide ${channels} channels and ${args.filters} filters`,
      };
    }
    const windows = windowCount(steps, args);
    return windows > 0
      ? [windows, args.filters]
      : { problem: `a window of ${reach(args)} steps does not fit into ${steps}` };
  }),
  parts: ({ activation }) => ({ ...plainParts, weighted: true, activation }),
  variables: ([{ shape }], args) => [
    weight(
      "kernel",
      [args.kernel_size, (shape[1] ?? 1) / args.groups, args.filters],
      args.kernel_initializer,
      args.kernel_regularizer,
      args.kernel_constraint,
    ),
    ...(args.use_bias
      ? [weight("bias", [args.filters], args.bias_initializer, args.bias_regularizer, args.bias_constraint)]
      : []),
  ],
  build: ({ b, variable, activate }, [x], args) => {
    const { low, high } = paddingOf(x.type.shape[1] ?? 0, args);
    const sums = b.convolution(x, variable("kernel"), {
      strides: [args.strides],
      low: [low],
      high: [high],
      lhsDilation: [1],
      rhsDilation: [args.dilation_rate],
      inputBatch: 0,
      inputSpatial: [1],
      inputFeature: 2,
      kernelSpatial: [0],
      kernelInputFeature: 1,
      kernelOutputFeature: 2,
      outputBatch: 0,
      outputSpatial: [1],
      outputFeature: 2,
      featureGroups: args.groups,
      batchGroups: 1,
    });
    const linear = args.use_bias
      ? b.add(sums, b.broadcastInDim(variable("bias"), sums.type.shape, [2]))
      : sums;
    return activate(args.activation, linear);
  },
});

interface Windows {
  readonly kernel_size: number;
  readonly strides: number;
  readonly padding: "valid" | "same" | "causal";
  readonly dilation_rate: number;
}

/** Steps from the first to the last of a window. */
function reach({ kernel_size, dilation_rate }: Windows): number {
  return (kernel_size - 1) * dilation_rate + 1;
}

/** Zeros before and after; of an odd number the larger part is after, as in Keras. */
function paddingOf(steps: number, args: Windows): { readonly low: number; readonly high: number } {
  if (args.padding === "valid") return { low: 0, high: 0 };
  if (args.padding === "causal") return { low: reach(args) - 1, high: 0 };
  const windows = Math.ceil(steps / args.strides);
  const missing = Math.max(0, (windows - 1) * args.strides + reach(args) - steps);
  return { low: Math.floor(missing / 2), high: Math.ceil(missing / 2) };
}

function windowCount(steps: number, args: Windows): number {
  const { low, high } = paddingOf(steps, args);
  return Math.floor((low + steps + high - reach(args)) / args.strides) + 1;
}
