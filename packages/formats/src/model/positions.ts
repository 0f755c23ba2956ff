// Places in a sequence as angles and waves, computed as Netwright computes them: what a format writes as constants.

import { at } from "@netwright/definitions";
import { cosine, exponentialWide, logWide, sine } from "@netwright/ir/numerics";

/** [steps x count]: place times wavelength^(-2 i / numbers), in f32. */
export function anglesOf(steps: number, count: number, numbers: number, wavelength: number): number[] {
  const slowest = logWide(wavelength);
  const frequencies = Array.from({ length: count }, (_, i) =>
    Math.fround(exponentialWide((-2 * i * slowest) / numbers)),
  );
  return Array.from({ length: steps }, (_, place) =>
    frequencies.map((one) => Math.fround(place * one)),
  ).flat();
}

/** [steps x numbers]: sines at even numbers, cosines at odd ones. */
export function wavesOf(steps: number, numbers: number, wavelength: number): Float32Array {
  const pairs = Math.ceil(numbers / 2);
  const angles = anglesOf(steps, pairs, numbers, wavelength);
  return Float32Array.from({ length: steps * numbers }, (_, i) => {
    const place = i % numbers;
    const angle = at(angles, Math.floor(i / numbers) * pairs + Math.floor(place / 2));
    return place % 2 === 0 ? sine(angle) : cosine(angle);
  });
}
