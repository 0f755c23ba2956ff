// Least and greatest of a column's values; equal where the column is constant.

export function columnRange(values: Float64Array): { min: number; max: number } {
  return rangeOf([values]);
}

/** The same of values that come piece by piece. */
export function rangeOf(pieces: Iterable<Float64Array>): { min: number; max: number } {
  let [min, max] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const values of pieces) {
    for (let i = 0; i < values.length; i++) {
      const x = values[i] ?? Number.NaN;
      if (x < min) min = x;
      if (x > max) max = x;
    }
  }
  // Adding 0 turns -0 into 0, which alone survives JSON.
  return { min: min + 0, max: max + 0 };
}
