// What a reader predicts, beside Netwright's own answers.

import type { PortableModel } from "@netwright/formats";

/** Of the target's deviation; of shares as they are. */
const TOLERANCE = 1e-5;

export interface Answer {
  /** What the network gives. */
  readonly given: readonly number[];
  /** By the names of targets. */
  readonly predictions: readonly Readonly<Record<string, number | string>>[];
  /** Rows that should have been refused, and were not. */
  readonly taken: number;
}

export interface Apart {
  readonly difference: number;
  /** What is wrong; null where nothing is. */
  readonly wrong: string | null;
}

/** Says how far apart they are. */
export function predictionsApart(
  name: string,
  { outputs, samples }: PortableModel,
  { given, predictions, taken }: Answer,
): Apart {
  const scales = new Map(
    outputs.kind === "numbers" ? outputs.columns.map((column) => [column.name, column.scale]) : [],
  );
  let [difference, others] = [0, Math.abs(predictions.length - samples.answers.length)];
  const further = (away: number) => {
    difference = Math.max(difference, Number.isNaN(away) ? Number.POSITIVE_INFINITY : away);
  };
  for (const [i, own] of samples.answers.entries())
    for (const [target, value] of Object.entries(own)) {
      const other = predictions[i]?.[target];
      if (typeof value === "string") others += other === value ? 0 : 1;
      else further(Math.abs(Number(other) - value) / (scales.get(target) ?? 1));
    }
  if (outputs.kind === "classes")
    for (const [i, share] of samples.given.entries()) further(Math.abs((given[i] ?? Number.NaN) - share));
  console.error(`  ${name}: ${difference.toExponential(1)} of a deviation, ${others} other classes`);
  if (difference <= TOLERANCE && others === 0 && taken === 0) return { difference, wrong: null };
  return {
    difference,
    wrong: `${name}: ${difference} of a deviation away, ${others} other classes, ${taken} refused rows taken`,
  };
}
