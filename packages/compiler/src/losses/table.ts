// Every loss by name.

import { byName } from "@netwright/definitions";
import { binaryCrossEntropy } from "./binary-cross-entropy.ts";
import { cosineSimilarity } from "./cosine-similarity.ts";
import { crossEntropy } from "./cross-entropy.ts";
import { focal } from "./focal.ts";
import { gaussianNll } from "./gaussian-nll.ts";
import { hinge } from "./hinge.ts";
import { huber } from "./huber.ts";
import { klDivergence } from "./kl-divergence.ts";
import { logCosh } from "./log-cosh.ts";
import { mae } from "./mae.ts";
import { mse } from "./mse.ts";
import { multiLabelCrossEntropy } from "./multi-label-cross-entropy.ts";
import { ordinal } from "./ordinal.ts";
import { poisson } from "./poisson.ts";
import { quantile } from "./quantile.ts";

export const losses = byName([
  mae,
  mse,
  huber,
  logCosh,
  quantile,
  gaussianNll,
  poisson,
  klDivergence,
  cosineSimilarity,
  crossEntropy,
  binaryCrossEntropy,
  hinge,
  focal,
  ordinal,
  multiLabelCrossEntropy,
]);
