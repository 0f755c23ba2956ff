// The encoders that a wrapper computes: what opens what each has learned, and the keys of that.

import { type Encoder, encoders, scaleNames } from "@netwright/data";
import type { Called } from "./carried.ts";

/** The name of an encoder, and what it has learned. */
export interface LearnedEncoder {
  readonly name: string;
  readonly [key: string]: unknown;
}

export interface CarriedEncoder {
  readonly open: Called;
  readonly learned: readonly string[];
}

const VOCABULARY = ["words", "unknown", "rare"];

const carried: ReadonlyMap<string, CarriedEncoder> = new Map<string, CarriedEncoder>([
  ["zscore", { open: "openZscore", learned: ["mean", "std"] }],
  ["minmax", { open: "openMinmax", learned: ["min", "range"] }],
  ["rescaling", { open: "openRescaling", learned: ["by", "centre"] }],
  ["robust", { open: "openRobust", learned: ["median", "spread"] }],
  ["smooth_clip", { open: "openSmoothClip", learned: ["median", "factor"] }],
  ["log1p", { open: "openLog1p", learned: [] }],
  ["none", { open: "openNone", learned: [] }],
  ["quantile", { open: "openQuantile", learned: ["quantiles", "distribution"] }],
  ["power", { open: "openPower", learned: ["lambda", "mean", "std"] }],
  ["periodic", { open: "openPeriodic", learned: ["mean", "std", "frequencies"] }],
  ["piecewise_linear", { open: "openPiecewiseLinear", learned: ["edges", "bins"] }],
  ["calendar", { open: "openCalendar", learned: ["parts", "cyclic", "first", "scales"] }],
  ["one_hot", { open: "openOneHot", learned: VOCABULARY }],
  ["ordinal", { open: "openOrdinal", learned: VOCABULARY }],
  ["thermometer", { open: "openThermometer", learned: VOCABULARY }],
  ["multi_hot", { open: "openMultiHot", learned: ["labels", "separator", "unknown"] }],
  ["target_mean", { open: "openTargetMean", learned: ["words", "means", "overall"] }],
  ["hashing", { open: "openHashing", learned: ["buckets", "seed", "output"] }],
  ["number_list", { open: "openNumberList", learned: ["length", "scales"] }],
  ["bag_of_words", { open: "openBagOfWords", learned: ["of", "n", "weights", "words", "idf"] }],
  ["hashed_words", { open: "openHashedWords", learned: ["buckets", "of", "n"] }],
  ["word_sequence", { open: "openWordSequence", learned: ["length", "of", "n", "words"] }],
]);

/** `null` for one that wrappers do not compute: whoever brings one of a known name has another one. */
export function carriedEncoder(encoder: Encoder | undefined): CarriedEncoder | null {
  if (encoder === undefined || encoders.get(encoder.name) !== encoder) return null;
  return carried.get(encoder.name) ?? null;
}

/** What has been learned, of which `params` may hold more. */
export function learnedBy(encoder: Encoder, params: Readonly<Record<string, unknown>>): LearnedEncoder {
  const keys = carriedEncoder(encoder)?.learned ?? [];
  return {
    name: encoder.name,
    ...Object.fromEntries(keys.flatMap((key) => (key in params ? [[key, params[key]]] : []))),
  };
}

/** What opens these, and the scales inside of them, by their names. */
export function openersOf(learned: readonly LearnedEncoder[]): ReadonlyMap<string, Called> {
  const names = new Set(learned.flatMap((one) => [one.name, ...scaleNames(one)]));
  return new Map(
    [...carried].flatMap(([name, { open }]) => (names.has(name) ? [[name, open] as const] : [])),
  );
}
