// Every layer by name: the layers proper, then each activation under its own name.

import { byName } from "@netwright/definitions";
import { activation, activationLayers } from "./activation.ts";
import { batchNorm } from "./batch-norm.ts";
import { bidirectional } from "./bidirectional.ts";
import { conv1d } from "./conv1d.ts";
import { dense } from "./dense.ts";
import { dropout } from "./dropout.ts";
import { alphaDropout, gaussianDropout, spatialDropout } from "./dropouts.ts";
import { embedding } from "./embedding.ts";
import { flatten } from "./flatten.ts";
import { glu, swiglu } from "./gates.ts";
import { gaussianNoise } from "./gaussian-noise.ts";
import { groupNorm } from "./group-norm.ts";
import { gru } from "./gru.ts";
import { highway } from "./highway.ts";
import { add, average, concat, multiply } from "./joins.ts";
import { layerNorm } from "./layer-norm.ts";
import { learnedScale } from "./learned-scale.ts";
import { lstm } from "./lstm.ts";
import { masking } from "./masking.ts";
import { maxout } from "./maxout.ts";
import { memberDense } from "./member-dense.ts";
import { memberScale } from "./member-scale.ts";
import { members } from "./members.ts";
import { multiHeadAttention } from "./multi-head-attention.ts";
import { parametricActivation } from "./parametric-activation.ts";
import { periodicEmbedding } from "./periodic-embedding.ts";
import { permute } from "./permute.ts";
import { piecewiseLinearEmbedding } from "./piecewise-linear-embedding.ts";
import { positionEmbedding } from "./position-embedding.ts";
import { prelu } from "./prelu.ts";
import { repeatVector } from "./repeat-vector.ts";
import { reshape } from "./reshape.ts";
import { rmsNorm } from "./rms-norm.ts";
import { simpleRnn } from "./simple-rnn.ts";
import { sinePositionEncoding } from "./sine-position-encoding.ts";
import { slice } from "./slice.ts";
import { unitNorm } from "./unit-norm.ts";

export const layers = byName([
  dense,
  conv1d,
  simpleRnn,
  lstm,
  gru,
  bidirectional,
  masking,
  multiHeadAttention,
  sinePositionEncoding,
  positionEmbedding,
  embedding,
  periodicEmbedding,
  piecewiseLinearEmbedding,
  batchNorm,
  layerNorm,
  groupNorm,
  rmsNorm,
  unitNorm,
  learnedScale,
  activation,
  parametricActivation,
  prelu,
  glu,
  swiglu,
  highway,
  maxout,
  dropout,
  gaussianNoise,
  gaussianDropout,
  alphaDropout,
  spatialDropout,
  flatten,
  reshape,
  permute,
  repeatVector,
  slice,
  members,
  memberScale,
  memberDense,
  concat,
  add,
  average,
  multiply,
  ...activationLayers,
]);
