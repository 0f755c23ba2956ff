// How often each class is taken for each other one: what is shown beside metrics where classes are predicted.

import { at, float64At } from "@netwright/definitions";
import type { MetricView } from "./metric.ts";
import { weightOf } from "./row-weight.ts";

export interface ConfusionMatrix {
  /** In the order of rows and columns. */
  readonly classes: readonly string[];
  /** A list for each class that rows have, with the number of its rows for which each class is predicted, or the sum of their weights. */
  readonly counts: readonly (readonly number[])[];
}

/** It grows with the square of the classes, and of so many nobody reads it. */
const MOST_CLASSES = 50;

/** Null where no classes are predicted, for no rows, and for many classes. Source: scikit-learn, `confusion_matrix`. */
export function confusionMatrix(view: MetricView): ConfusionMatrix | null {
  const { rows, prediction, target, classes } = view;
  if (classes === null || rows === 0 || classes.length > MOST_CLASSES || view.isMany === true) return null;
  const counts = classes.map(() => classes.map(() => 0));
  for (let row = 0; row < rows; row++) {
    const own = at(counts, float64At(target, row));
    const predicted = float64At(prediction, row);
    own[predicted] = at(own, predicted) + weightOf(view, row);
  }
  return { classes, counts };
}
