// The rows of one batch, brought together.

/**
 * Copies rows `order[start]` to `order[start + count - 1]` of `x` (row-major, [rows x width]) into `out`,
 * and returns that part of it: [count x width]. `out` may be larger and is meant to be used again.
 */
export function gather(
  x: Float32Array,
  width: number,
  order: Uint32Array,
  start: number,
  count: number,
  out: Float32Array,
): Float32Array {
  if (start + count > order.length || count * width > out.length) {
    throw new RangeError(
      `gather of ${count} rows from ${start}: ${order.length} in order, ${out.length} in out`,
    );
  }
  for (let i = 0; i < count; i++) {
    const from = (order[start + i] ?? 0) * width;
    for (let j = 0; j < width; j++) out[i * width + j] = x[from + j] ?? 0;
  }
  return out.subarray(0, count * width);
}
