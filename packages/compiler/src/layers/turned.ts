// Rotary position embedding: pairs of numbers are turned by an angle that grows with the place of their step, so that the
// product of two of them depends on how far these are apart. Source: Su and others 2021, "RoFormer: Enhanced Transformer
// with Rotary Position Embedding"; pairs and frequencies as in KerasHub, `RotaryEmbedding`.

import { WAVELENGTH } from "@netwright/definitions";
import type { Builder, Value } from "@netwright/ir";
import { anglesOf } from "./waves.ts";

/** Of [rows, steps, heads, numbers], an even count of them: a number is paired with that half of them further on. */
export function turned(b: Builder, x: Value): Value {
  const { shape } = x.type;
  const [rows = 0, steps = 0, heads = 0, numbers = 0] = shape;
  const half = numbers / 2;
  const angles = anglesOf(b, steps, half, { numbers, wavelength: WAVELENGTH });
  const spread = (wave: Value) => b.broadcastInDim(wave, [rows, steps, heads, half], [1, 3]);
  const [sine, cosine] = [spread(b.sine(angles)), spread(b.cosine(angles))];
  const first = b.slice(x, [0, 0, 0, 0], [rows, steps, heads, half]);
  const second = b.slice(x, [0, 0, 0, half], shape);
  return b.concatenate(
    [
      b.subtract(b.multiply(first, cosine), b.multiply(second, sine)),
      b.add(b.multiply(second, cosine), b.multiply(first, sine)),
    ],
    3,
  );
}
