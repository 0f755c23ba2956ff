// An epoch cut into batches.

/** Rows `start` to `start + count - 1` of the epoch's order. */
export interface Batch {
  readonly start: number;
  readonly count: number;
}

/** Batches of `size` rows; the last one is smaller where `size` does not divide `rows`. */
export function batches(rows: number, size: number): Batch[] {
  if (!Number.isInteger(size) || size < 1) throw new RangeError(`a batch of ${size} rows`);
  return Array.from({ length: Math.ceil(rows / size) }, (_, i) => ({
    start: i * size,
    count: Math.min(size, rows - i * size),
  }));
}
