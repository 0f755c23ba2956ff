// Robust scaling, and then a bend that brings extreme values within 3: RealMLP's.

import { clipSmoothly, unclipSmoothly } from "@netwright/ir/numerics";
import { centreAndSpread } from "./centre-and-spread.ts";
import {
  defineScaling,
  type EncoderParams,
  type NumberCoding,
  openScaling,
  type ScalingFormula,
} from "./encoder.ts";
import { isFiniteNumber } from "./is-finite-number.ts";

/** No value comes so far from 0, however far it is. */
const LIMIT = 3;

const formula: ScalingFormula<{ readonly median: number; readonly factor: number }> = {
  read({ median, factor }) {
    return isFiniteNumber(median) && isFiniteNumber(factor) && factor >= 0 ? { median, factor } : null;
  },
  apply: ({ median, factor }, x) => clipSmoothly((x - median) * factor, LIMIT),
  invert: ({ median, factor }, z) =>
    factor === 0 ? z * 0 + median : unclipSmoothly(z, LIMIT) / factor + median,
  steps: ({ median, factor }) => ({
    apply: [
      { kind: "subtract", by: median },
      { kind: "multiply", by: factor },
      { kind: "smooth_clip", by: LIMIT },
    ],
    invert: [
      ...(factor === 0
        ? [{ kind: "multiply", by: 0 } as const]
        : [{ kind: "smooth_unclip", by: LIMIT } as const, { kind: "divide", by: factor } as const]),
      { kind: "add", by: median },
    ],
  }),
};

export const smoothClip = defineScaling<{ readonly median: number; readonly factor: number }>()({
  name: "smooth_clip",
  doc: "Scales as `robust`, and then bends what lies far out, so that all values stay within 3. A column that is constant in training is 0, also when predicting. What a network gives beyond 2.9999998 is turned back as that: 2896 spreads from the median.",
  formula: "s = (x - median) / (q75 - q25), z = s / sqrt(1 + (s / 3)^2)",
  example: "scale: smooth_clip",
  source: "Holzmüller, Grinsztajn, Steinwart 2024 (RealMLP); pytabkit, `RobustScaleSmoothClipTransform`",
  params: {},
  range: () => ({ min: -LIMIT, max: LIMIT }),
  fit(pieces) {
    const { centre, spread } = centreAndSpread(pieces);
    // The factor of the least of all spreads would be infinite.
    return { median: centre, factor: spread === 0 ? 0 : Math.min(1 / spread, Number.MAX_VALUE) };
  },
  ...formula,
});

export function openSmoothClip(saved: EncoderParams): NumberCoding | null {
  return openScaling(formula, saved);
}
