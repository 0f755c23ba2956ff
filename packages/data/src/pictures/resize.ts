// A picture of another size: the middle of it, of the shape that is wanted, and of that weighted means.

import { float64At } from "@netwright/definitions";

export interface Size {
  readonly height: number;
  readonly width: number;
}

/** A part of a picture. */
export interface Area extends Size {
  readonly top: number;
  readonly left: number;
}

/** The largest part of the shape, in the middle; where no middle is whole, the pixel more is cut from the end. */
export function middleOf(whole: Size, { height, width }: Size): Area {
  const tall = whole.width * height <= whole.height * width;
  const cut = {
    width: tall ? whole.width : Math.max(1, Math.round((whole.height * width) / height)),
    height: tall ? Math.max(1, Math.round((whole.width * height) / width)) : whole.height,
  };
  return {
    ...cut,
    top: Math.floor((whole.height - cut.height) / 2),
    left: Math.floor((whole.width - cut.width) / 2),
  };
}

/** Row after row: of a large picture all numbers in f64 would be many times its bytes. */
export interface Plane extends Size {
  /** Numbers of a pixel, side by side. */
  readonly channels: number;
  /** Good until the next one is asked for. */
  readonly row: (y: number) => Float64Array;
}

/**
 * [height, width, channels]. Bilinear, with pixels as areas whose middles lie at half numbers; where it becomes smaller each number
 * is a mean over all pixels that it covers, whose weights fall from its middle to both sides. First along the rows, then along the
 * columns.
 */
export function resized(plane: Plane, { height, width }: Size): Float64Array {
  const { channels } = plane;
  const line = width * channels;
  const across = new Float64Array(plane.height * line);
  const means = width === plane.width ? null : meansOf(plane.width, width);
  for (let y = 0; y < plane.height; y++) {
    const row = plane.row(y);
    if (means === null) across.set(row, y * line);
    else meansAcross(row, means, channels, across.subarray(y * line, (y + 1) * line));
  }
  if (height === plane.height) return across;
  const made = new Float64Array(height * line);
  for (const [y, { first, weights }] of meansOf(plane.height, height).entries()) {
    for (let x = 0; x < line; x++) {
      let sum = 0;
      for (let i = 0; i < weights.length; i++)
        sum += float64At(weights, i) * float64At(across, (first + i) * line + x);
      made[y * line + x] = sum;
    }
  }
  return made;
}

function meansAcross(row: Float64Array, means: readonly Mean[], channels: number, to: Float64Array): void {
  let place = 0;
  for (const { first, weights } of means) {
    for (let c = 0; c < channels; c++) {
      let sum = 0;
      for (let i = 0; i < weights.length; i++)
        sum += float64At(weights, i) * float64At(row, (first + i) * channels + c);
      to[place++] = sum;
    }
  }
}

interface Mean {
  readonly first: number;
  /** Their sum is 1. */
  readonly weights: Float64Array;
}

function meansOf(from: number, to: number): readonly Mean[] {
  const scale = from / to;
  const reach = Math.max(scale, 1);
  return Array.from({ length: to }, (_, i) => {
    const middle = (i + 0.5) * scale;
    const first = Math.max(0, Math.floor(middle - reach));
    const end = Math.min(from, Math.ceil(middle + reach));
    const weights = Float64Array.from({ length: end - first }, (_, k) =>
      Math.max(0, 1 - Math.abs(first + k + 0.5 - middle) / reach),
    );
    const sum = weights.reduce((total, weight) => total + weight, 0);
    return { first, weights: weights.map((weight) => weight / sum) };
  });
}
