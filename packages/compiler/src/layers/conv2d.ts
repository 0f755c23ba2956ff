// The two-dimensional convolution over [height, width, channels].

import { choice, integer } from "@netwright/definitions";
import { imagePadding } from "./convolution.ts";
import { kernelParams } from "./kernel-and-bias.ts";
import { defineLayer } from "./layer.ts";
import { plainConvolution } from "./plain-convolution.ts";
import { heightAndWidth } from "./windows.ts";

export const conv2d = defineLayer({
  name: "conv2d",
  doc: "Slides windows over an image: every output is a weighted sum of the numbers in a window, with the same weights at every place.",
  formula:
    "activation(sum over i, j and c of x[h * strides + i * dilation_rate, w * strides + j * dilation_rate, c] kernel[i, j, c] + bias)",
  example: "conv2d(16, 3, activation: relu)",
  source: 'Keras, `Conv2D`; LeCun et al. 1989, "Backpropagation Applied to Handwritten Zip Code Recognition"',
  params: {
    filters: integer({ doc: "Number of outputs at each place.", min: 1 }),
    kernel_size: heightAndWidth({ doc: "Height and width of a window.", min: 1 }),
    strides: heightAndWidth({ doc: "Places from one window to the next.", default: 1, min: 1 }),
    padding: choice({ doc: imagePadding, values: ["valid", "same"], default: "valid" }),
    dilation_rate: heightAndWidth({
      doc: "Places from one number of a window to the next.",
      default: 1,
      min: 1,
    }),
    groups: integer({ doc: "Parts of the channels that are convolved each by itself.", default: 1, min: 1 }),
    ...kernelParams,
  },
  ...plainConvolution("conv2d", 2),
});
