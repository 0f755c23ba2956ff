// Least and greatest of a column's values; equal where the column is constant.

export function columnRange(values: Float64Array): { min: number; max: number } {
  let [min, max] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (let i = 0; i < values.length; i++) {
    const x = values[i] ?? Number.NaN;
    if (x < min) min = x;
    if (x > max) max = x;
  }
  // Adding 0 turns -0 into 0, which alone survives JSON.
  return { min: min + 0, max: max + 0 };
}
