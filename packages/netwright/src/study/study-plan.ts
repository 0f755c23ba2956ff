// Which trainings a study consists of, in their order.

import { LARGEST_SEED } from "@netwright/definitions";

export interface StudyPlan {
  /** Each training is done with each of them. */
  readonly seeds: readonly number[];
  /** How many folds there are; `null` where the split is that of the file. */
  readonly folds: number | null;
  /** How often the rows are dealt out to folds, each time in another way. */
  readonly repeats: number;
}

export interface PlannedRun {
  /** From 0; `null` where there are no folds. */
  readonly repeat: number | null;
  /** From 0; `null` where the split is that of the file. */
  readonly fold: number | null;
  readonly seed: number;
}

/** `count` of them, counted on from `first`, beyond the largest from 0 on. */
export function seedsFrom(first: number, count: number): readonly number[] {
  return Array.from({ length: count }, (_, i) => (first + i) % (LARGEST_SEED + 1));
}

/** Repeat by repeat, fold by fold, in the order of the seeds. */
export function plannedRuns({ seeds, folds, repeats }: StudyPlan): readonly PlannedRun[] {
  if (folds === null) return seeds.map((seed) => ({ repeat: null, fold: null, seed }));
  return range(repeats).flatMap((repeat) =>
    range(folds).flatMap((fold) => seeds.map((seed) => ({ repeat, fold, seed }))),
  );
}

/** "repeat 2, fold 0, seed 3, each counted from 0", as far as there are several. */
export function describePlanned(
  { repeat, fold, seed }: PlannedRun,
  { repeats }: Pick<StudyPlan, "repeats">,
): string {
  return [
    `seed ${seed}`,
    ...(repeat === null || repeats === 1 ? [] : [`repeat ${repeat}`]),
    ...(fold === null ? [] : [`fold ${fold}`]),
  ].join(", ");
}

function range(count: number): readonly number[] {
  return Array.from({ length: count }, (_, i) => i);
}
