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
 * How far a way down leads at least, in standard deviations of the loss of a batch. In noise alone, drawn 2,000 times for 100 rates, the longest
 * way down leads 0.35 of them in the mean and less than this in 80 of 100; of the examples of this repository more than 1, of a table whose
 * batches have two rows each 0.52. To suggest a rate for nothing does less harm than to see nothing where a network learns.
 */
const LEAST_FALL = 0.5;

/**
 * The middle of the longest valley, as the place among the points; null where the loss falls nowhere, or no further than noise does. A
 * valley is the longest row of losses, not all of them neighbours, of which each is below the one before: that of fastai's `valley`, which
 * counts back from its end as if they were neighbours and so may give a place in front of it. One steep place would be told by the noise of
 * single batches, whatever their rate; a long way down is not.
 */
export function valley(points: readonly RatePoint[]): number | null {
  const row = longestFall(points.slice(LEFT_OUT.first, -LEFT_OUT.last).map(({ smoothed }) => smoothed));
  const middle = row[(row.length - 1) >> 1];
  if (middle === undefined || row.length < 2) return null;
  const place = LEFT_OUT.first + middle;
  const smoothedAt = (at: number) => points[LEFT_OUT.first + at]?.smoothed ?? 0;
  const fall = smoothedAt(row[0] ?? middle) - smoothedAt(row.at(-1) ?? middle);
  // Up to the middle: beyond, single losses may be far off, as the rates grow too large.
  return fall > LEAST_FALL * noiseOf(points.slice(0, place + 1)) ? place : null;
}

/** The standard deviation of single losses: by the steps between neighbours, so that a trend counts little. */
function noiseOf(points: readonly RatePoint[]): number {
  const steps = points.slice(1).map(({ loss }, i) => loss - (points[i]?.loss ?? loss));
  return Math.sqrt(steps.reduce((sum, step) => sum + step * step, 0) / (2 * Math.max(1, steps.length)));
}

/** The places of the longest falling row; of several that of which the end comes first. */
function longestFall(losses: readonly number[]): readonly number[] {
  // Of all falling rows of a length so far, the greatest loss at their end, and its place; the losses fall with the length.
  const ends: number[] = [];
  const places: number[] = [];
  // In front of each, in the longest row that ends there.
  const before: (number | undefined)[] = [];
  let end: number | undefined;
  losses.forEach((loss, i) => {
    const length = firstAtMost(ends, loss);
    if (length === ends.length) end = i;
    ends[length] = loss;
    places[length] = i;
    before.push(places[length - 1]);
  });
  const row: number[] = [];
  for (let at = end; at !== undefined; at = before[at]) row.unshift(at);
  return row;
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
