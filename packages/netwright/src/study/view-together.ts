// What several models give for the same rows, as one model would give it: what their metrics together look at. The same
// means as in `ensemble.ts`, of whole columns.

import { decodeClasses, decodeLabels, membersOf, withRadius } from "@netwright/data";
import { at, float64At } from "@netwright/definitions";
import type { MetricView } from "@netwright/runtime";
import { type Answer, mixedSpread } from "./ensemble.ts";
import { deviationOf, meanOf } from "./spread.ts";

/** `views` are of the same rows, one of each model, and `answer` knows the classes of all; `shares`: whether they give any. */
export function viewTogether(
  views: readonly MetricView[],
  { classes, threshold, least, separator, intervals }: Answer,
  shares: boolean,
): MetricView {
  const first = at(views, 0);
  if (classes === null) {
    const prediction = meansOf(views.map(({ prediction: own }) => own));
    const spread = spreadOf(views) ?? (intervals === null ? null : apartOf(views));
    return {
      ...first,
      prediction,
      quantiles: first.quantiles == null ? null : { ...first.quantiles, values: meansOf(quantilesOf(views)) },
      spread,
      intervals:
        intervals === null
          ? endsOf(views, meansOf)
          : withRadius({ lower: prediction, upper: prediction, spread }, intervals),
    };
  }
  const asOfAll = (view: MetricView, values: Float64Array) => inClasses(values, view, classes);
  const scores = meansOf(views.map((view) => asOfAll(view, view.scores ?? new Float64Array(0))));
  if (separator !== null)
    return {
      ...first,
      classes,
      outputs: classes.length,
      prediction: decodeLabels(scores),
      target: asOfAll(first, first.target),
      scores,
    };
  const deciding = shares ? scores : meansOf(views.map((view) => asOfAll(view, votesOf(view))));
  const prediction = decodeClasses(classes.length, deciding, classes.length === 2 ? threshold : null);
  return {
    ...first,
    classes,
    prediction,
    sets: least === null ? null : membersOf(scores, prediction, { least }),
    target: first.target.map((code) => classes.indexOf(at(first.classes ?? [], code))),
    scores,
  };
}

/** The rows of all, one behind the other; all of the same classes. */
export function viewsJoined(views: readonly MetricView[]): MetricView {
  const first = at(views, 0);
  const all = (of: (view: MetricView) => Float64Array | null) => joined(views.map(of));
  const { quantiles = null } = first;
  const weights = views.some((view) => view.weights != null)
    ? all(({ rows, weights: own }) => own ?? new Float64Array(rows).fill(1))
    : null;
  return {
    ...first,
    rows: views.reduce((sum, { rows }) => sum + rows, 0),
    prediction: all(({ prediction }) => prediction),
    target: all(({ target }) => target),
    scores: first.scores === null ? null : all(({ scores }) => scores),
    quantiles: quantiles === null ? null : { ...quantiles, values: joined(quantilesOf(views)) },
    spread: first.spread == null ? null : all(({ spread }) => spread ?? null),
    intervals: endsOf(views, joined),
    sets: first.sets == null ? null : all(({ sets }) => sets ?? null),
    weights,
  };
}

/** The ends of the intervals, made one; null where there are none. */
function endsOf(
  views: readonly MetricView[],
  one: (all: readonly (Float64Array | null)[]) => Float64Array,
): NonNullable<MetricView["intervals"]> | null {
  if (views.some(({ intervals }) => intervals == null)) return null;
  return {
    lower: one(views.map(({ intervals }) => intervals?.lower ?? null)),
    upper: one(views.map(({ intervals }) => intervals?.upper ?? null)),
  };
}

/** Of the mixture of what the models say; null where one says nothing. */
function spreadOf(views: readonly MetricView[]): Float64Array | null {
  const all = views.flatMap(({ spread }) => spread ?? []);
  if (all.length < views.length) return null;
  return at(views, 0).prediction.map((_, place) =>
    mixedSpread(
      views.map(({ prediction }) => float64At(prediction, place)),
      all.map((spread) => float64At(spread, place)),
    ),
  );
}

/** How far the models are apart: see `spreadBetween`. */
export function apartOf(views: readonly MetricView[]): Float64Array {
  return at(views, 0).prediction.map(
    (_, place) => deviationOf(views.map(({ prediction }) => float64At(prediction, place))) ?? 0,
  );
}

function quantilesOf(views: readonly MetricView[]): readonly (Float64Array | null)[] {
  return views.map(({ quantiles }) => quantiles?.values ?? null);
}

/** Of each place, over all of them. */
function meansOf(all: readonly (Float64Array | null)[]): Float64Array {
  const known = all.flatMap((values) => values ?? []);
  return at(known, 0).map((_, place) => meanOf(known.map((values) => float64At(values, place))));
}

/** [rows x classes of the view] as [rows x classes]; 0 for those that it has not met. */
function inClasses(
  values: Float64Array,
  { classes, rows }: MetricView,
  all: readonly string[],
): Float64Array {
  const own = classes ?? [];
  const places = own.map((word) => all.indexOf(word));
  const spread = new Float64Array(rows * all.length);
  for (let row = 0; row < rows; row++)
    for (const [i, place] of places.entries())
      spread[row * all.length + place] = float64At(values, row * own.length + i);
  return spread;
}

/** 1 for the class that is predicted of each row, [rows x classes]. */
function votesOf({ prediction, classes, rows }: MetricView): Float64Array {
  const { length } = classes ?? [];
  const votes = new Float64Array(rows * length);
  for (const [row, code] of prediction.entries()) votes[row * length + code] = 1;
  return votes;
}

function joined(all: readonly (Float64Array | null)[]): Float64Array {
  return Float64Array.from(all.flatMap((values) => Array.from(values ?? [])));
}
