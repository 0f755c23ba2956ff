// What the losses of a range test say: smoothed, as each is that of one batch, up to where they run away, with the rate in the middle of
// the longest way down.

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

/** Points at the start, whose mean is of few losses, and at the end, where it turns: as in fastai. */
const LEFT_OUT = { first: 10, last: 5 };

/**
 * The middle of the longest valley, as fastai's `valley` takes it, as the place among the points; null where the loss falls nowhere. A
 * valley is the longest row of losses, not all of them neighbours, of which each is below the one before. One steep place would be told by the noise of
 * single batches, whatever their rate; a long way down is not.
 */
export function valley(points: readonly RatePoint[]): number | null {
  const losses = points.slice(LEFT_OUT.first, -LEFT_OUT.last).map(({ smoothed }) => smoothed);
  // Of all falling rows of a length so far, the greatest loss at their end; these fall with the length.
  const ends: number[] = [];
  let [longest, end] = [0, 0];
  losses.forEach((loss, i) => {
    const place = firstAtMost(ends, loss);
    ends[place] = loss;
    if (place + 1 > longest) [longest, end] = [place + 1, i];
  });
  return longest < 2
    ? null
    : LEFT_OUT.first + end - longest + Math.trunc(longest / 3) + Math.trunc(longest / 6);
}

/** The place of the first number of a falling list that is not above `value`, or its length. */
function firstAtMost(falling: readonly number[], value: number): number {
  let [from, to] = [0, falling.length];
  while (from < to) {
    const middle = (from + to) >> 1;
    if ((falling[middle] ?? value) > value) from = middle + 1;
    else to = middle;
  }
  return from;
}

/** The place of the least smoothed loss, not before `from`: where one batch was lucky at the start, nothing has been learned. */
export function lowestFrom(points: readonly RatePoint[], from: number): number {
  let best = from;
  points.forEach(({ smoothed }, i) => {
    if (i > from && smoothed < (points[best]?.smoothed ?? smoothed)) best = i;
  });
  return best;
}
