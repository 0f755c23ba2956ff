// Every layer by name: the layers proper, then each activation under its own name.

import { byName } from "@netwright/definitions";
import { activation, activationLayers } from "./activation.ts";
import { averagePooling1d, averagePooling2d } from "./average-pooling.ts";
import { batchNorm } from "./batch-norm.ts";
import { convTranspose1d, convTranspose2d } from "./conv-transpose.ts";
import { conv1d } from "./conv1d.ts";
import { conv2d } from "./conv2d.ts";
import { cropping1d, cropping2d } from "./cropping.ts";
import { dense } from "./dense.ts";
import { depthwiseConv1d, depthwiseConv2d } from "./depthwise-conv.ts";
import { dropout } from "./dropout.ts";
import { embedding } from "./embedding.ts";
import { flatten } from "./flatten.ts";
import {
  globalAveragePooling1d,
  globalAveragePooling2d,
  globalMaxPooling1d,
  globalMaxPooling2d,
} from "./global-pooling.ts";
import { add, average, concat, multiply } from "./joins.ts";
import { learnedScale } from "./learned-scale.ts";
import { maxPooling1d, maxPooling2d } from "./max-pooling.ts";
import { memberDense } from "./member-dense.ts";
import { memberScale } from "./member-scale.ts";
import { members } from "./members.ts";
import { parametricActivation } from "./parametric-activation.ts";
import { periodicEmbedding } from "./periodic-embedding.ts";
import { piecewiseLinearEmbedding } from "./piecewise-linear-embedding.ts";
import { separableConv1d, separableConv2d } from "./separable-conv.ts";
import { simpleRnn } from "./simple-rnn.ts";
import { upsampling1d, upsampling2d } from "./upsampling.ts";
import { zeroPadding1d, zeroPadding2d } from "./zero-padding.ts";

export const layers = byName([
  dense,
  conv1d,
  conv2d,
  depthwiseConv1d,
  depthwiseConv2d,
  separableConv1d,
  separableConv2d,
  convTranspose1d,
  convTranspose2d,
  maxPooling1d,
  maxPooling2d,
  averagePooling1d,
  averagePooling2d,
  globalMaxPooling1d,
  globalMaxPooling2d,
  globalAveragePooling1d,
  globalAveragePooling2d,
  upsampling1d,
  upsampling2d,
  zeroPadding1d,
  zeroPadding2d,
  cropping1d,
  cropping2d,
  simpleRnn,
  embedding,
  periodicEmbedding,
  piecewiseLinearEmbedding,
  batchNorm,
  learnedScale,
  activation,
  parametricActivation,
  dropout,
  flatten,
  members,
  memberScale,
  memberDense,
  concat,
  add,
  average,
  multiply,
  ...activationLayers,
]);
