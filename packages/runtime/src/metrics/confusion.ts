// How often each class is predicted for rows of each class: what most metrics of classes are made of.

import { float64At } from "@netwright/definitions";
import type { MetricView } from "./metric.ts";
import { weightOf } from "./row-weight.ts";

/** Where rows have weights, their sums stand for the numbers of rows. */
export interface Confusion {
  readonly classes: number;
  /** Rows of each class. */
  readonly support: Float64Array;
  /** Rows for which each class is predicted. */
  readonly predicted: Float64Array;
  /** Rows of each class for which it is predicted. */
  readonly right: Float64Array;
}

/** Null where no classes are predicted, or for no rows. Nothing grows with the square of the classes. */
export function confusionOf(view: MetricView): Confusion | null {
  const { rows, prediction, target, classes: names } = view;
  if (names === null || rows === 0) return null;
  if (view.isMany === true) return confusionOfLabels(view, names.length);
  const classes = names.length;
  const support = new Float64Array(classes);
  const predicted = new Float64Array(classes);
  const right = new Float64Array(classes);
  const count = (of: Float64Array, one: number, weight: number): void => {
    of[one] = float64At(of, one) + weight;
  };
  for (let row = 0; row < rows; row++) {
    const [t, p] = [float64At(target, row), float64At(prediction, row)];
    const weight = weightOf(view, row);
    count(support, t, weight);
    count(predicted, p, weight);
    if (t === p) count(right, t, weight);
  }
  return { classes, support, predicted, right };
}

/** Of each label by itself. */
function confusionOfLabels(view: MetricView, classes: number): Confusion {
  const { rows, prediction, target } = view;
  const [support, predicted, right] = [0, 0, 0].map(() => new Float64Array(classes));
  if (support === undefined || predicted === undefined || right === undefined) throw new Error("three lists");
  for (let row = 0; row < rows; row++) {
    const weight = weightOf(view, row);
    for (let one = 0; one < classes; one++) {
      const [t, p] = [float64At(target, row * classes + one), float64At(prediction, row * classes + one)];
      support[one] = float64At(support, one) + weight * t;
      predicted[one] = float64At(predicted, one) + weight * p;
      right[one] = float64At(right, one) + weight * t * p;
    }
  }
  return { classes, support, predicted, right };
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
