// Places in a sequence as angles: each frequency turns on from step to step, fast ones and slow ones.

import { type Builder, tensor, type Value } from "@netwright/ir";
import { exponentialWide, logWide } from "@netwright/ir/numerics";

/** The angle of each step for so many frequencies, from 1 down: [steps, count]; frequency i is wavelength^(-2 i / numbers). */
export function anglesOf(
  b: Builder,
  steps: number,
  count: number,
  { numbers, wavelength }: { readonly numbers: number; readonly wavelength: number },
): Value {
  const slowest = logWide(wavelength);
  const frequencies = Array.from({ length: count }, (_, i) =>
    Math.fround(exponentialWide((-2 * i * slowest) / numbers)),
  );
  const shape = [steps, count];
  const places = b.convert(b.iota(tensor("i32", shape), 0), "f32");
  return b.multiply(places, b.broadcastInDim(b.literal(tensor("f32", [count]), frequencies), shape, [1]));
}
