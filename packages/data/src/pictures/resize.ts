// A picture of another size: the middle of it, of the shape that is wanted, and of that weighted means.

import { float64At } from "@netwright/definitions";

export interface Plane {
  readonly width: number;
  readonly height: number;
  /** Numbers of a pixel, side by side. */
  readonly channels: number;
  readonly values: Float64Array;
}

export interface Size {
  readonly height: number;
  readonly width: number;
}

/** The largest part of the shape, in the middle; where no middle is whole, the pixel more is cut from the end. */
export function middleOf(plane: Plane, { height, width }: Size): Plane {
  const tall = plane.width * height <= plane.height * width;
  const cut = {
    width: tall ? plane.width : Math.max(1, Math.round((plane.height * width) / height)),
    height: tall ? Math.max(1, Math.round((plane.width * height) / width)) : plane.height,
  };
  const [top, left] = [
    Math.floor((plane.height - cut.height) / 2),
    Math.floor((plane.width - cut.width) / 2),
  ];
  if (cut.width === plane.width && cut.height === plane.height) return plane;
  const { channels } = plane;
  const line = cut.width * channels;
  const values = new Float64Array(cut.height * line);
  for (let y = 0; y < cut.height; y++) {
    const from = ((top + y) * plane.width + left) * channels;
    values.set(plane.values.subarray(from, from + line), y * line);
  }
  return { ...cut, channels, values };
}

/**
 * Bilinear, with pixels as areas whose middles lie at half numbers; where it becomes smaller each number is a mean over all
 * pixels that it covers, whose weights fall from its middle to both sides. First along the rows, then along the columns.
 */
export function resized(plane: Plane, { height, width }: Size): Plane {
  const { channels } = plane;
  const across = width === plane.width ? plane : along(plane, width, true);
  const both = height === plane.height ? across : along(across, height, false);
  return { height, width, channels, values: both.values };
}

function along({ width, height, channels, values }: Plane, size: number, isAcross: boolean): Plane {
  const means = meansOf(isAcross ? width : height, size);
  const to = { width: isAcross ? size : width, height: isAcross ? height : size };
  const made = new Float64Array(to.width * to.height * channels);
  // From a pixel to the next one in the direction.
  const step = isAcross ? channels : width * channels;
  let place = 0;
  for (let y = 0; y < to.height; y++) {
    for (let x = 0; x < to.width; x++) {
      const { first, weights } = means[isAcross ? x : y] ?? { first: 0, weights: new Float64Array(0) };
      const start = (isAcross ? y * width + first : first * width + x) * channels;
      for (let c = 0; c < channels; c++) {
        let sum = 0;
        for (let i = 0; i < weights.length; i++)
          sum += float64At(weights, i) * float64At(values, start + c + i * step);
        made[place++] = sum;
      }
    }
  }
  return { ...to, channels, values: made };
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
