// What a size should reach, judged by its neighbours in the table, and which fall off: the cliffs.

/** GFLOP/s by width (rows) and batch (columns); null where nothing was measured. */
export type Grid = readonly (readonly (number | null)[])[];

export interface Cliff {
  readonly width: number;
  readonly batch: number;
  readonly gflops: number;
  /** What the neighbours let expect. */
  readonly expected: number;
  /** The direction in which it falls off. */
  readonly along: "width" | "batch";
}

/** Less than this part of what is expected is a cliff. */
const CLIFF = 0.5;

/**
 * The points below half of what their neighbours along the width, or along the batch, let expect: between two
 * neighbours the straight line through them, both axes logarithmic; at an end of the table the line through the next
 * one and another that is well apart from it, and no more than the next one reaches.
 */
export function cliffsOf(widths: readonly number[], batches: readonly number[], grid: Grid): Cliff[] {
  return widths.flatMap((width, i) =>
    batches.flatMap((batch, j) => {
      const gflops = grid[i]?.[j] ?? null;
      if (gflops === null) return [];
      const along = (axis: Cliff["along"], sizes: readonly number[], values: readonly (number | null)[]) => {
        const expected = expectedAt(axis === "width" ? i : j, sizes, values);
        return expected !== null && gflops < CLIFF * expected
          ? [{ width, batch, gflops, expected, along: axis }]
          : [];
      };
      const byWidth = along(
        "width",
        widths,
        grid.map((row) => row[j] ?? null),
      );
      const byBatch = along("batch", batches, grid[i] ?? []);
      return byWidth.length > 0 ? byWidth : byBatch;
    }),
  );
}

interface Point {
  readonly size: number;
  readonly value: number;
}

function expectedAt(
  index: number,
  sizes: readonly number[],
  values: readonly (number | null)[],
): number | null {
  const size = sizes[index];
  if (size === undefined) return null;
  const points = sizes.flatMap((each, i): Point[] => {
    const value = values[i] ?? null;
    return i === index || value === null ? [] : [{ size: each, value }];
  });
  const below = points.filter((point) => point.size < size).reverse();
  const above = points.filter((point) => point.size > size);
  const [lower] = below;
  const [upper] = above;
  if (lower !== undefined && upper !== undefined) return onLine(size, lower, upper);
  const [near, ...rest] = lower === undefined ? above : below;
  if (near === undefined) return null;
  const far = rest.find((point) => apart(point.size, near.size)) ?? rest.at(-1);
  if (far === undefined) return null;
  return Math.min(near.value, onLine(size, near, far));
}

/** A line through sizes that hardly differ, such as 3 and 4, points anywhere. */
function apart(one: number, other: number): boolean {
  return Math.max(one, other) >= 2 * Math.min(one, other);
}

function onLine(size: number, a: Point, b: Point): number {
  const part = Math.log(size / a.size) / Math.log(b.size / a.size);
  return Math.exp(Math.log(a.value) + part * Math.log(b.value / a.value));
}
