// How good a teacher is by itself: on the rows of a split that it has answered, by the metrics of the model.

import { classesOf, type OpenEncoders, type Split } from "@netwright/data";
import { at } from "@netwright/definitions";
import { computeMetrics, type MetricUse, type SplitRecord } from "@netwright/runtime";

/** Null where there is no teacher, or no answer. A teacher has no interval and no spread, and one of labels no probabilities. */
export function teacherMetrics(
  encoders: Pick<OpenEncoders, "target">,
  { teacher, target, rowWeights }: Pick<Split, "teacher" | "target" | "rowWeights">,
  uses: readonly MetricUse[],
): NonNullable<SplitRecord["teacher"]> | null {
  if (teacher === undefined || teacher.places.length === 0) return null;
  const { places, prediction, scores } = teacher;
  const classes = classesOf(encoders);
  const outputs = classes === null ? encoders.target.length : 1;
  const own = new Float64Array(places.length * outputs);
  for (const [i, place] of places.entries())
    own.set(target.subarray(place * outputs, (place + 1) * outputs), i * outputs);
  const weights =
    rowWeights === undefined ? null : Float64Array.from(places, (place) => at(rowWeights, place));
  const told = uses.filter(({ metric: { needs = "prediction" } }) =>
    needs === "prediction" ? true : needs === "scores" || needs === "probabilities" ? scores !== null : false,
  );
  const rows = places.length;
  const metrics = computeMetrics({ rows, outputs, prediction, target: own, scores, classes, weights }, told);
  return { rows, metrics };
}
