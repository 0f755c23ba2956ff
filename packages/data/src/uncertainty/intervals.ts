// Intervals and sets beside what is predicted, by what was measured on the validation rows.

import { at, float64At } from "@netwright/definitions";
import { damagedInterval } from "../fitted/damage.ts";
import type { OpenEncoders } from "../fitted/open-encoders.ts";
import type { DataProblem } from "../problem/problem.ts";
import { conformalBound } from "./conformal.ts";
import type { SavedInterval, SavedSet } from "./saved-interval.ts";

/** [rows x targets], row-major, in original units. */
export interface Intervals {
  readonly lower: Float64Array;
  readonly upper: Float64Array;
}

/** What intervals are put around. */
export interface Core extends Intervals {
  /** [rows x targets]: how far off each row may be, which widths then go by; null or absent where they are the same for all. */
  readonly spread?: Float64Array | null;
}

/**
 * How far off rows with those targets, of the same shape, lie outside: below 0 inside. `j` is the number of the target. Where
 * there is a spread, in spreads: Lei et al. 2018, section 5.2.
 */
function scoresOf(
  { lower, upper, spread = null }: Core,
  target: Float64Array,
  targets: number,
  j: number,
): Float64Array {
  return Float64Array.from({ length: target.length / targets }, (_, row) => {
    const i = row * targets + j;
    const off = Math.max(
      float64At(lower, i) - float64At(target, i),
      float64At(target, i) - float64At(upper, i),
    );
    // What is right lies within any interval, one of no width as well.
    return spread === null || off === 0 ? off : off / float64At(spread, i);
  });
}

/**
 * What is learned of each target from rows whose targets are known, `core` being the ends of what is predicted for them; null
 * where there are too few of them, or where one is no number.
 */
export function fitIntervals(
  core: Core,
  target: Float64Array,
  weights: Float64Array | null,
  share: number,
  bounds: readonly Pick<SavedInterval, "min" | "max">[],
): readonly SavedInterval[] | null {
  const fitted = bounds.flatMap(({ min, max }, j): SavedInterval[] => {
    const radius = conformalBound(scoresOf(core, target, bounds.length, j), weights, share);
    const scaled = core.spread == null ? {} : ({ scaled: true } as const);
    return radius === null ? [] : [{ share, radius, ...scaled, min, max }];
  });
  return fitted.length < bounds.length ? null : fitted;
}

/** `probabilities` is [rows x classes]; `target` [rows], the numbers of the classes. */
export function fitSet(
  probabilities: Float64Array,
  target: Float64Array,
  weights: Float64Array | null,
  share: number,
): SavedSet | null {
  const classes = probabilities.length / target.length;
  const scores = target.map((code, row) => -(probabilities[row * classes + code] ?? Number.NaN));
  const bound = conformalBound(scores, weights, share);
  return bound === null ? null : { share, least: -bound };
}

/** Null where none were asked for. */
export function intervalsOf({ target }: Pick<OpenEncoders, "target">): readonly SavedInterval[] | null {
  const all = target.flatMap(({ fitted }) =>
    fitted.kind === "number" && fitted.interval !== undefined ? [fitted.interval] : [],
  );
  return all.length < target.length ? null : all;
}

/** The problem of a target whose interval goes by a spread that there is not, or does not go by one that there is, NW0660. */
export function intervalProblem(
  { target }: Pick<OpenEncoders, "target">,
  hasSpread: boolean,
): DataProblem | null {
  const damaged = target.find(
    ({ fitted }) =>
      fitted.kind === "number" &&
      fitted.interval !== undefined &&
      (fitted.interval.scaled === true) !== hasSpread,
  );
  return damaged === undefined ? null : damagedInterval(damaged.fitted);
}

/** Null where none was asked for. */
export function setOf({ target }: Pick<OpenEncoders, "target">): SavedSet | null {
  const [only] = target;
  return only?.fitted.kind === "words" ? (only.fitted.set ?? null) : null;
}

/** The ends of the intervals around `core`. Where they cross, as they may if the radius is below 0, both are in the middle. */
export function withRadius(
  { lower, upper, spread = null }: Core,
  saved: readonly SavedInterval[],
): Intervals {
  const ends = { lower: new Float64Array(lower.length), upper: new Float64Array(upper.length) };
  for (const i of lower.keys()) {
    const own = at(saved, i % saved.length);
    const radius = own.scaled === true && spread !== null ? own.radius * float64At(spread, i) : own.radius;
    const [low, high] = interval(float64At(lower, i), float64At(upper, i), { ...own, radius });
    ends.lower[i] = low;
    ends.upper[i] = high;
  }
  return ends;
}

function interval(
  lower: number,
  upper: number,
  { radius, min, max }: SavedInterval,
): readonly [lower: number, upper: number] {
  const within = (x: number) => Math.min(Math.max(x, min ?? x), max ?? Number.POSITIVE_INFINITY);
  const [low, high] = [lower - radius, upper + radius];
  const middle = low + (high - low) / 2;
  return low > high ? [within(middle), within(middle)] : [within(low), within(high)];
}

/**
 * 1 for each class that is in the set of its row, else 0: [rows x classes]. The class that is predicted is always in it, so
 * that no set is empty; `predicted` is [rows].
 */
export function membersOf(
  probabilities: Float64Array,
  predicted: Float64Array,
  { least }: Pick<SavedSet, "least"> & Partial<SavedSet>,
): Float64Array {
  const classes = predicted.length === 0 ? 1 : probabilities.length / predicted.length;
  return probabilities.map((share, i) =>
    share >= least || float64At(predicted, Math.floor(i / classes)) === i % classes ? 1 : 0,
  );
}
