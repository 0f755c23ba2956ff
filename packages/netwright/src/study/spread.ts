// How far the runs of a study agree: every metric of every split over all runs.

import type { SplitName } from "@netwright/definitions";
import type { SplitMetrics } from "../api/train.ts";

export interface Spread {
  /** Of each run, in their order; `null` where the metric is not defined. */
  readonly values: readonly (number | null)[];
  /** Over the values that are defined; `null` where none is. */
  readonly mean: number | null;
  /** The standard deviation of a sample, divided by one less than there are values; `null` for fewer than two. */
  readonly deviation: number | null;
  /** The standard error of the mean: the deviation divided by the root of how many values there are. */
  readonly standardError: number | null;
}

/** By the label of the metric. */
export type MetricSpreads = Readonly<Record<string, Spread>>;

/** `null` for a split without rows. */
export type StudyMetrics = { readonly [S in SplitName]: MetricSpreads | null };

function spreadOf(values: readonly (number | null)[]): Spread {
  const defined = values.filter((value) => value !== null);
  if (defined.length === 0) return { values, mean: null, deviation: null, standardError: null };
  const [mean, deviation] = [meanOf(defined), deviationOf(defined)];
  const standardError = deviation === null ? null : deviation / Math.sqrt(defined.length);
  return { values, mean, deviation, standardError };
}

/** Of a sample; null for fewer than two numbers. 0 of equal ones. */
export function deviationOf(values: readonly number[]): number | null {
  if (values.length < 2) return null;
  const mean = meanOf(values);
  const apart = values.map((value) => value - mean);
  const squares = apart.map((value) => value ** 2).reduce((a, b) => a + b);
  // What the mean is off by rounding is in every difference, and with values that are close it is much of it.
  const off = apart.reduce((a, b) => a + b) ** 2 / values.length;
  return Math.sqrt(Math.max(0, squares - off) / (values.length - 1));
}

/** Of at least one number. It is never beyond the least or the most, where rounding may put it: the mean of equal numbers is theirs. */
export function meanOf(values: readonly number[]): number {
  const mean = values.reduce((a, b) => a + b) / values.length;
  return Math.min(Math.max(mean, Math.min(...values)), Math.max(...values));
}

export function studyMetrics(runs: readonly SplitMetrics[]): StudyMetrics {
  const spreads = (split: SplitName): MetricSpreads | null => {
    const measured = runs.map((metrics) => metrics[split]);
    const labels = new Set(measured.flatMap((metrics) => Object.keys(metrics ?? {})));
    if (labels.size === 0) return null;
    return Object.fromEntries(
      [...labels].map((label) => [label, spreadOf(measured.map((metrics) => metrics?.[label] ?? null))]),
    );
  };
  return { train: spreads("train"), validation: spreads("validation"), test: spreads("test") };
}
