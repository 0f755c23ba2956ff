// Every schedule of the learning rate by name.

import { byName } from "@netwright/definitions";
import { byMember } from "./by-member.ts";
import { cosine } from "./cosine.ts";
import { cosineRestarts } from "./cosine-restarts.ts";
import { exponentialDecay } from "./exponential-decay.ts";
import { flatCosine } from "./flat-cosine.ts";
import { inverseTimeDecay } from "./inverse-time-decay.ts";
import { logCosine } from "./log-cosine.ts";
import { oneCycle } from "./one-cycle.ts";
import { piecewiseConstant } from "./piecewise-constant.ts";
import { plateau } from "./plateau.ts";
import { polynomialDecay } from "./polynomial-decay.ts";
import { warmup } from "./warmup.ts";

export const schedules = byName([
  cosine,
  cosineRestarts,
  flatCosine,
  logCosine,
  oneCycle,
  exponentialDecay,
  inverseTimeDecay,
  polynomialDecay,
  piecewiseConstant,
  plateau,
  warmup,
  byMember,
]);
