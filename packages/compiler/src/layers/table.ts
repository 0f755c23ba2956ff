// Every layer by name: the layers proper, then each activation under its own name.

import { byName } from "@netwright/definitions";
import { activation, activationLayers } from "./activation.ts";
import { averagePooling1d, averagePooling2d } from "./average-pooling.ts";
import { batchNorm } from "./batch-norm.ts";
import { conv1d } from "./conv1d.ts";
import { conv2d } from "./conv2d.ts";
import { dense } from "./dense.ts";
import { dropout } from "./dropout.ts";
import { embedding } from "./embedding.ts";
import { flatten } from "./flatten.ts";
import { add, average, concat, multiply } from "./joins.ts";
import { learnedScale } from "./learned-scale.ts";
import { maxPooling1d, maxPooling2d } from "./max-pooling.ts";
import { memberDense } from "./member-dense.ts";
import { memberScale } from "./member-scale.ts";
import { members } from "./members.ts";
import { parametricActivation } from "./parametric-activation.ts";
import { periodicEmbedding } from "./periodic-embedding.ts";
import { piecewiseLinearEmbedding } from "./piecewise-linear-embedding.ts";
import { randomCrop } from "./random-crop.ts";
import { randomFlip } from "./random-flip.ts";
import { randomRotation } from "./random-rotation.ts";
import { randomTranslation } from "./random-translation.ts";
import { simpleRnn } from "./simple-rnn.ts";

export const layers = byName([
  dense,
  conv1d,
  conv2d,
  maxPooling1d,
  maxPooling2d,
  averagePooling1d,
  averagePooling2d,
  simpleRnn,
  embedding,
  periodicEmbedding,
  piecewiseLinearEmbedding,
  batchNorm,
  learnedScale,
  activation,
  parametricActivation,
  dropout,
  randomFlip,
  randomTranslation,
  randomRotation,
  randomCrop,
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
