// How a model is measured: by the metrics of its kind of target, and by those that its expectations name beside them.

import {
  calibratedScores,
  classesOf,
  decodeClasses,
  decodeLabels,
  decodeOutput,
  decodeSpread,
  intervalsOf,
  labelSeparator,
  membersOf,
  type OpenEncoders,
  setOf,
  thresholdOf,
  withRadius,
} from "@netwright/data";
import type { TargetKind } from "@netwright/definitions";
import type { Model } from "@netwright/lang";
import { type Decoded, type Measure, type MetricUse, metricsFor } from "@netwright/runtime";
import { catalog, type FullCatalog } from "../catalog/catalog.ts";
import { coreOf } from "../model/intervals.ts";
import type { Decoding } from "../model/predictions.ts";
import { decodeQuantiles, levelsOf } from "../model/quantiles.ts";
import { hasSpread } from "../model/spreads.ts";

export function measureOf(model: Model, encoders: OpenEncoders, known: FullCatalog = catalog): Measure {
  const classes = classesOf(encoders);
  const threshold = thresholdOf(encoders);
  const numbers = { encoders, levels: levelsOf(model, known), spread: hasSpread(model, known) };
  if (labelSeparator(encoders) !== null) {
    const decode = (encoded: Float32Array) => ({
      prediction: decodeLabels(encoded),
      scores: Float64Array.from(encoded),
    });
    return { classes, isMany: true, decode, metrics: metricsOf(model, known) };
  }
  const set = setOf(encoders);
  const decodeWords = (width: number, encoded: Float32Array): Decoded => {
    const scores = calibratedScores(encoders, encoded);
    const prediction = decodeClasses(width, scores, threshold);
    return { prediction, scores, sets: set === null ? null : membersOf(scores, prediction, set) };
  };
  return {
    classes,
    decode: (encoded) =>
      classes === null ? decodeNumbers(numbers, encoded) : decodeWords(classes.length, encoded),
    metrics: metricsOf(model, known),
  };
}

function decodeNumbers(
  { encoders, levels, spread }: Pick<Decoding, "encoders" | "levels" | "spread">,
  encoded: Float32Array,
): Decoded {
  const decoded = levels === null ? plain(encoders, spread, encoded) : several(encoders, levels, encoded);
  const saved = intervalsOf(encoders);
  return saved === null ? decoded : { ...decoded, intervals: withRadius(coreOf(decoded), saved) };
}

function plain(encoders: OpenEncoders, spread: boolean, encoded: Float32Array): Decoded {
  if (spread) return { ...decodeSpread(encoders, encoded), scores: null };
  return { prediction: decodeOutput(encoders, encoded), scores: null };
}

function several(encoders: OpenEncoders, levels: readonly number[], encoded: Float32Array): Decoded {
  const { middle, ...quantiles } = decodeQuantiles(encoders, levels, encoded);
  return { prediction: middle, scores: null, quantiles };
}

/** In the order in which they are shown; each label once. */
export function metricsOf(model: Model, known: FullCatalog): readonly MetricUse[] {
  const named = model.expect.flatMap(({ metric: name, args, label }) => {
    const metric = known.metrics.get(name);
    return metric === undefined ? [] : [{ label, metric, args }];
  });
  const scores = hasProbabilities(model, known) ? "probabilities" : "margins";
  const intervals = model.report?.interval !== undefined;
  const all = [
    ...metricsFor(targetKindOf(model, known), known.metrics, scores, intervals, hasSpread(model, known)),
    ...named,
  ];
  return [...new Map(all.map((use) => [use.label, use])).values()];
}

/** Whether it is a fault to be further from the targets, on average, than their mean is. */
export function isCentred({ train }: Model, known: FullCatalog): boolean {
  const loss = train === null ? undefined : known.compiler.loss.get(train.loss.name);
  return train === null || loss === undefined || loss.centred(train.loss.args);
}

/** Whether what it gives for each class is a probability, where it predicts classes. */
export function hasProbabilities({ train }: Model, known: FullCatalog): boolean {
  const loss = train === null ? undefined : known.compiler.loss.get(train.loss.name);
  return loss?.margins !== true;
}

/** What the loss is for; numbers where nothing is trained. */
export function targetKindOf({ train }: Model, known: FullCatalog): TargetKind {
  const loss = train === null ? undefined : known.compiler.loss.get(train.loss.name);
  return loss?.target ?? "number";
}
