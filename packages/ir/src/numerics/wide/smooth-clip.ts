// A bend within a limit and its inverse on f64, for scalings of columns: as they are, and for who prints or emits them.

/** From here on t / sqrt(1 + t^2) is 1 in f64, and t^2 has not overflowed. */
export const FARTHEST_CLIPPED = 2 ** 30;
/** The greatest f32 below 1: what a network gives beyond has no original. */
export const NEAREST_LIMIT = 1 - 2 ** -24;

/** limit t / sqrt(1 + t^2), t = x / limit, in f64: x near 0, and within the limit everywhere. */
export function clipSmoothly(x: number, limit: number): number {
  const t = Math.max(Math.min(x / limit, FARTHEST_CLIPPED), -FARTHEST_CLIPPED);
  return (t / Math.sqrt(t * t + 1)) * limit;
}

/** What `clipSmoothly` makes z of; what lies beyond of its limit, or so near that f32 has nothing between, as the last before. */
export function unclipSmoothly(z: number, limit: number): number {
  const t = Math.max(Math.min(z / limit, NEAREST_LIMIT), -NEAREST_LIMIT);
  return (t / Math.sqrt((1 - t) * (1 + t))) * limit;
}
