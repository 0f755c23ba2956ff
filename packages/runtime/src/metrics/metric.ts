// What a metric is: one number that says how good the predictions of some rows are. Each lives in a file of its own
// beside this one; `table.ts` gathers them. They run on the host in 64 bits, over the rows in their order.

import { type Args, type Documented, definer, type MetricDefinition } from "@netwright/definitions";

export interface Quantiles {
  /** From the least on. */
  readonly levels: readonly number[];
  /** [rows x levels], row-major, in original units. */
  readonly values: Float64Array;
}

export interface Ends {
  readonly lower: Float64Array;
  readonly upper: Float64Array;
}

/** The rows that a metric looks at. */
export interface MetricView {
  readonly rows: number;
  /** Numbers of a row in `prediction` and in `target`. */
  readonly outputs: number;
  /** [rows x outputs], row-major: numbers in original units, or the number of the class that is predicted. */
  readonly prediction: Float64Array;
  /** [rows x outputs], row-major, of the same kind. */
  readonly target: Float64Array;
  /** [rows x classes], row-major: the share that the model gives each class, or its margin. Null where it predicts no classes. */
  readonly scores: Float64Array | null;
  /** Where several quantiles of one column are predicted; `prediction` is then the one nearest to the median. */
  readonly quantiles?: Quantiles | null;
  /** [rows x outputs], row-major: how far targets spread around the predictions. Null or absent where that is not told. */
  readonly spread?: Float64Array | null;
  /** [rows x outputs], row-major: the ends of the intervals beside the predictions. Null or absent where there are none. */
  readonly intervals?: Ends | null;
  /** [rows x classes], row-major: 1 for each class in the set beside the prediction, else 0. Null or absent for none. */
  readonly sets?: Float64Array | null;
  /** [rows]: what each row counts, none of them below 0 and not all of them 0. Null or absent where all count the same. */
  readonly weights?: Float64Array | null;
  /** Rows have any number of `classes`: `prediction` and `target` are 1 or 0 for each of them, [rows x classes]. */
  readonly isMany?: boolean;
  /** The names of the classes, in the order of their numbers. Null where there are none. */
  readonly classes: readonly string[] | null;
}

/** Its example is an expectation as it stands in a file. */
export interface Metric extends Documented, Required<Pick<MetricDefinition, "range" | "tasks" | "needs">> {
  readonly title: string;
  /** What the number is in: that of the target, a fraction, or nothing. */
  readonly unit: "target" | "fraction" | "none";
  readonly better: "lower" | "higher";
  /** Whether every model of that kind of target is measured by it, or those alone whose expectations name it. */
  readonly shown: "always" | "named";
  /** What is wrong with its arguments for a model of these classes, as a sentence; null for nothing. */
  readonly check: (args: Args, classes: readonly string[]) => string | null;
  /** `null` where the metric is not defined. */
  readonly compute: (view: MetricView, args: Args) => number | null;
}

export const defineMetric = definer<Metric, "needs" | "shown" | "check">({
  needs: "prediction",
  shown: "named",
  check: () => null,
});
