// What a model has to beat: predicting the mean of the training rows, whatever the features say.

import type { FittedEncoders, SplitName } from "@netwright/data";
import { at } from "@netwright/ir";
import type { Diagnostic } from "@netwright/lang";
import { computeMetrics, type Metrics, type MetricUse, metrics as table } from "@netwright/runtime";
import { projectWarning } from "../project/diagnostics.ts";

/** `target` is [rows x targets], row-major, in original units. Null for models that were saved without the means. */
export function baselineMetrics(
  { target: columns }: FittedEncoders,
  target: Float64Array,
  uses: readonly MetricUse[],
): Metrics | null {
  const means = columns.flatMap((column) => (column.kind === "number" ? (column.seen?.mean ?? []) : []));
  if (means.length < columns.length || target.length === 0) return null;
  const outputs = columns.length;
  const prediction = target.map((_, i) => at(means, i % outputs));
  return computeMetrics({ rows: target.length / outputs, outputs, prediction, target, scores: null }, uses);
}

/** How far off a prediction is on average: the others are about single rows, or shares that the mean is bad at. */
const COMPARED: readonly string[] = ["mae", "rmse"];

export interface Measured {
  readonly metrics: Metrics;
  readonly baseline?: Metrics;
}

/** A warning where the model is worse; `rows` says what was measured: "test rows". */
export function worseThanMean(rows: string, { metrics, baseline }: Measured): readonly Diagnostic[] {
  if (baseline === undefined) return [];
  const worse = COMPARED.flatMap((name) => {
    const [model, mean] = [metrics[name], baseline[name]];
    if (model == null || mean == null || model <= mean) return [];
    return [{ title: table.get(name)?.title ?? name, model, mean }];
  });
  if (worse.length === 0) return [];
  const compared = worse.map(
    ({ title, model, mean }) => `${title} ${round(model)}, of the mean ${round(mean)}`,
  );
  return [
    projectWarning(
      "NW0842",
      `on the ${rows} the model is worse than predicting the mean: ${compared.join("; ")}`,
      [
        "The mean is that of the training rows, and the same for every row.",
        "Train longer, with another learning rate or a smaller model; or the features tell nothing about the target.",
      ],
    ),
  ];
}

/** The split that tells most of how good a model is: the one that training has seen least of. */
export function tellingSplit(splits: Readonly<Record<SplitName, unknown>>): SplitName {
  return splits.test !== null ? "test" : splits.validation !== null ? "validation" : "train";
}

function round(value: number): string {
  return String(Number(value.toPrecision(4)));
}
