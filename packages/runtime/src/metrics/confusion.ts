// How often each class is predicted for rows of each class: what most metrics of classes are made of.

import { float64At } from "@netwright/definitions";
import type { MetricView } from "./metric.ts";

export interface Confusion {
  readonly classes: number;
  /** [true class x predicted class], row-major. */
  readonly counts: Float64Array;
  /** Rows of each class. */
  readonly support: Float64Array;
  /** Rows for which each class is predicted. */
  readonly predicted: Float64Array;
  /** Rows of each class for which it is predicted. */
  readonly right: Float64Array;
}

/** Null where no classes are predicted, or for no rows. */
export function confusionOf({ rows, prediction, target, classes: names }: MetricView): Confusion | null {
  if (names === null || rows === 0) return null;
  const classes = names.length;
  const counts = new Float64Array(classes * classes);
  for (let row = 0; row < rows; row++) {
    const place = float64At(target, row) * classes + float64At(prediction, row);
    counts[place] = float64At(counts, place) + 1;
  }
  const support = new Float64Array(classes);
  const predicted = new Float64Array(classes);
  const right = new Float64Array(classes);
  for (let t = 0; t < classes; t++) {
    for (let p = 0; p < classes; p++) {
      const count = float64At(counts, t * classes + p);
      support[t] = float64At(support, t) + count;
      predicted[p] = float64At(predicted, p) + count;
      if (t === p) right[t] = count;
    }
  }
  return { classes, counts, support, predicted, right };
}

/** The number of the class of that name; -1 where there is none. */
export function classOf({ classes }: MetricView, name: string): number {
  return classes?.indexOf(name) ?? -1;
}

export function sum(values: Iterable<number>): number {
  let total = 0;
  for (const value of values) total += value;
  return total;
}

/** 0 where there is nothing to divide by, as scikit-learn has it. */
export function share(part: number, whole: number): number {
  return whole === 0 ? 0 : part / whole;
}
