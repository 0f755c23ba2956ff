// What the losses of a range test say: smoothed, as each is that of one batch, up to where they run away, with the rate at which they
// fall most steeply.

import { float64At } from "@netwright/definitions";

export interface RatePoint {
  readonly rate: number;
  /** Of its batches, before the update with this rate; with penalties, in the encoded units of training. */
  readonly loss: number;
  readonly smoothed: number;
}

/** What earlier losses count in the mean, which has no bias at first: fastai's. */
const SMOOTHING = 0.98;

/** How many times the least loss so far is running away: as in fastai. */
const RUN_AWAY = 4;

/** Goes along while the test does. */
export interface Smoother {
  /** The mean so far, and whether the losses have run away. */
  readonly add: (loss: number) => { readonly smoothed: number; readonly hasRunAway: boolean };
}

export function smoother(): Smoother {
  let [mean, power, least] = [0, 1, Number.POSITIVE_INFINITY];
  return {
    add: (loss) => {
      mean = SMOOTHING * mean + (1 - SMOOTHING) * loss;
      power *= SMOOTHING;
      const smoothed = mean / (1 - power);
      const hasRunAway = !Number.isFinite(smoothed) || (least > 0 && smoothed > RUN_AWAY * least);
      least = Math.min(least, smoothed);
      return { smoothed, hasRunAway };
    },
  };
}

/** Points at the start, whose mean is of few losses, and at the end, where it turns: as in Lightning. */
const LEFT_OUT = { first: 10, last: 1 };

/**
 * Where the smoothed loss falls most steeply over the logarithm of the rate, as the place among the points; null where it falls nowhere. The
 * rates are evenly spaced on that scale, so that differences of neighbours tell: in the middle of three, at the ends of two.
 */
export function steepest(points: readonly RatePoint[]): number | null {
  const losses = Float64Array.from(points, ({ smoothed }) => smoothed);
  const slope = (i: number, from: number, to: number): number => {
    const [before, after] = [Math.max(from, i - 1), Math.min(to, i + 1)];
    return (float64At(losses, after) - float64At(losses, before)) / (after - before);
  };
  const [from, to] = [LEFT_OUT.first, losses.length - 1 - LEFT_OUT.last];
  let best: number | null = null;
  let least = 0;
  for (let i = from; from < to && i <= to; i++) {
    const here = slope(i, from, to);
    if (here < least) [best, least] = [i, here];
  }
  return best;
}
