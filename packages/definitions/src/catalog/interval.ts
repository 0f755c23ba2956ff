// The numbers that something can be: what an activation gives, what a scaled target takes, what a metric may be.

/** Both ends count in; an end without a bound is infinite. */
export interface Interval {
  readonly min: number;
  readonly max: number;
}

export const anyNumber: Interval = { min: Number.NEGATIVE_INFINITY, max: Number.POSITIVE_INFINITY };

/** `inner` has nothing that `outer` has not. */
export function contains(outer: Interval, inner: Interval): boolean {
  return outer.min <= inner.min && inner.max <= outer.max;
}

/** What a sum of one number of each can be. */
export function sumOf(a: Interval, b: Interval): Interval {
  return { min: a.min + b.min, max: a.max + b.max };
}

/** What a product of one number of each can be. */
export function productOf(a: Interval, b: Interval): Interval {
  // Nothing times an end without a bound is nothing.
  const times = (x: number, y: number): number => (x === 0 || y === 0 ? 0 : x * y);
  const ends = [times(a.min, b.min), times(a.min, b.max), times(a.max, b.min), times(a.max, b.max)];
  return { min: Math.min(...ends), max: Math.max(...ends) };
}

/** The smallest that holds both. */
export function hullOf(a: Interval, b: Interval): Interval {
  return { min: Math.min(a.min, b.min), max: Math.max(a.max, b.max) };
}

/** "any number", "from 0 to 1", "1 alone". */
export function describeInterval({ min, max }: Interval): string {
  if (min === max) return `${spell(min)} alone`;
  if (!Number.isFinite(min) && !Number.isFinite(max)) return "any number";
  if (!Number.isFinite(max)) return `numbers of at least ${spell(min)}`;
  if (!Number.isFinite(min)) return `numbers of at most ${spell(max)}`;
  return `numbers from ${spell(min)} to ${spell(max)}`;
}

function spell(number: number): string {
  return String(Number(number.toPrecision(4)));
}
