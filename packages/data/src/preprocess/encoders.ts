// The table of all encoders. A new one is a file beside this one and a line here.

import { type ByName, byName } from "@netwright/definitions";
import { bagOfWords } from "./bag-of-words.ts";
import { calendar } from "./calendar.ts";
import type { Encoder } from "./encoder.ts";
import { hashedWords } from "./hashed-words.ts";
import { hashing } from "./hashing.ts";
import { log1p } from "./log1p.ts";
import { minmax } from "./minmax.ts";
import { multiHot } from "./multi-hot.ts";
import { none } from "./none.ts";
import { numberList } from "./number-list.ts";
import { oneHot } from "./one-hot.ts";
import { ordinal } from "./ordinal.ts";
import { periodic } from "./periodic.ts";
import { pictureEncoder } from "./picture-encoder.ts";
import { piecewiseLinear } from "./piecewise-linear.ts";
import { power } from "./power.ts";
import { quantile } from "./quantile.ts";
import { rescaling } from "./rescaling.ts";
import { robust } from "./robust.ts";
import { smoothClip } from "./smooth-clip.ts";
import { targetMean } from "./target-mean.ts";
import { thermometer } from "./thermometer.ts";
import { wordSequence } from "./word-sequence.ts";
import { zscore } from "./zscore.ts";

export const encoders: ByName<Encoder> = byName<Encoder>([
  zscore,
  minmax,
  robust,
  smoothClip,
  quantile,
  power,
  log1p,
  rescaling,
  none,
  piecewiseLinear,
  periodic,
  calendar,
  oneHot,
  ordinal,
  thermometer,
  hashing,
  targetMean,
  multiHot,
  numberList,
  pictureEncoder,
  bagOfWords,
  hashedWords,
  wordSequence,
]);
