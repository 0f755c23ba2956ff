// The layers that are written, by name. All others are refused by name.

import { weightIn } from "../../model/layers.ts";
import { multiHeadAttention, positionEmbedding, sinePositionEncoding } from "./attention.ts";
import {
  convolution,
  convolutionTransposed,
  depthwise,
  globalPooling,
  pooling,
  separable,
} from "./convolution.ts";
import { dense, highway } from "./dense.ts";
import {
  batchNorm,
  groupNorm,
  layerNorm,
  learnedScale,
  parametricActivation,
  prelu,
  rmsNorm,
  unitNorm,
} from "./normalization.ts";
import { bidirectional, recurrent } from "./recurrent.ts";
import { type LayerRule, placed, refused, withActivation } from "./rule.ts";
import {
  add,
  average,
  concat,
  cropping,
  gated,
  maxout,
  middle,
  multiply,
  nothing,
  permute,
  repeatVector,
  reshape,
  slice,
  upsampling,
  zeroPadding,
} from "./shapes.ts";

/** Steps that are padding go along the graph, which the format has no form of. */
const embedding: LayerRule = (context) => {
  if (context.args["mask_zero"] === true)
    return refused(context, "tells which steps are padding, which the format has no form of");
  return context.g.op("Gather", [placed(context, "embeddings", weightIn(context, "embeddings")), context.x]);
};

export const layerRules: ReadonlyMap<string, LayerRule> = new Map<string, LayerRule>([
  ["dense", dense],
  ["highway", highway],
  ["conv1d", convolution(1)],
  ["conv2d", convolution(2)],
  ["depthwise_conv1d", depthwise(1)],
  ["depthwise_conv2d", depthwise(2)],
  ["separable_conv1d", separable(1)],
  ["separable_conv2d", separable(2)],
  ["conv_transpose1d", convolutionTransposed(1)],
  ["conv_transpose2d", convolutionTransposed(2)],
  ["max_pooling1d", pooling("MaxPool", 1)],
  ["max_pooling2d", pooling("MaxPool", 2)],
  ["average_pooling1d", pooling("AveragePool", 1)],
  ["average_pooling2d", pooling("AveragePool", 2)],
  ["global_max_pooling1d", globalPooling("ReduceMax", 1)],
  ["global_max_pooling2d", globalPooling("ReduceMax", 2)],
  ["global_average_pooling1d", globalPooling("ReduceMean", 1)],
  ["global_average_pooling2d", globalPooling("ReduceMean", 2)],
  ["upsampling1d", upsampling(1)],
  ["upsampling2d", upsampling(2)],
  ["zero_padding1d", zeroPadding(1)],
  ["zero_padding2d", zeroPadding(2)],
  ["cropping1d", cropping(1)],
  ["cropping2d", cropping(2)],
  ["simple_rnn", recurrent],
  ["lstm", recurrent],
  ["gru", recurrent],
  ["bidirectional", bidirectional],
  ["multi_head_attention", multiHeadAttention],
  ["sine_position_encoding", sinePositionEncoding],
  ["position_embedding", positionEmbedding],
  ["embedding", embedding],
  ["batch_norm", batchNorm],
  ["layer_norm", layerNorm],
  ["group_norm", groupNorm],
  ["rms_norm", rmsNorm],
  ["unit_norm", unitNorm],
  ["learned_scale", learnedScale],
  ["activation", (context) => withActivation(context, "function", context.x)],
  ["parametric_activation", parametricActivation],
  ["prelu", prelu],
  ["glu", gated(null)],
  ["swiglu", gated({ name: "swish", args: {} })],
  ["maxout", maxout],
  ["dropout", nothing],
  ["gaussian_noise", nothing],
  ["gaussian_dropout", nothing],
  ["alpha_dropout", nothing],
  ["spatial_dropout", nothing],
  ["random_flip", nothing],
  ["random_translation", nothing],
  ["random_rotation", nothing],
  ["random_crop", middle],
  ["flatten", reshape],
  ["reshape", reshape],
  ["permute", permute],
  ["repeat_vector", repeatVector],
  ["slice", slice],
  ["concat", concat],
  ["add", add],
  ["average", average],
  ["multiply", multiply],
]);
