// The one-dimensional convolution over [steps, channels].

import { choice, integer } from "@netwright/definitions";
import { sequencePadding } from "./convolution.ts";
import { kernelParams } from "./kernel-and-bias.ts";
import { defineLayer } from "./layer.ts";
import { plainConvolution } from "./plain-convolution.ts";

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
    padding: choice({ doc: sequencePadding, values: ["valid", "same", "causal"], default: "valid" }),
    dilation_rate: integer({ doc: "Steps from one number of a window to the next.", default: 1, min: 1 }),
    groups: integer({ doc: "Parts of the channels that are convolved each by itself.", default: 1, min: 1 }),
    ...kernelParams,
  },
  ...plainConvolution("conv1d", 1),
});
