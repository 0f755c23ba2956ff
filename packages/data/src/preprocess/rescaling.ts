// By numbers that are stated, and not learned: pixels, whose greatest value is known.

import { real } from "@netwright/definitions";
import {
  defineScaling,
  type EncoderParams,
  type NumberCoding,
  openScaling,
  type ScalingFormula,
} from "./encoder.ts";
import { isFiniteNumber } from "./is-finite-number.ts";
import { centredSteps } from "./scaling-step.ts";

const formula: ScalingFormula<{ readonly by: number; readonly centre: number }> = {
  read({ by, centre }) {
    return isFiniteNumber(by) && isFiniteNumber(centre) && by > 0 ? { by, centre } : null;
  },
  apply: ({ by, centre }, x) => (x - centre) / by,
  invert: ({ by, centre }, z) => z * by + centre,
  steps: ({ by, centre }) => centredSteps(centre, by),
};

export const rescaling = defineScaling<{ readonly by: number; readonly centre: number }>()({
  name: "rescaling",
  doc: "Divides by a number that the file states; nothing is learned from the table. What pixels are scaled by.",
  formula: "z = (x - centre) / by",
  example: "scale: rescaling(255)",
  source: "Keras, `Rescaling`",
  params: {
    by: real({ doc: "What values are divided by.", above: 0 }),
    centre: real({ doc: "The value that becomes 0.", default: 0 }),
  },
  range({ min, max }, { by, centre }) {
    const scaled = (x: number | null) => (x === null ? null : (x - centre) / by);
    return { min: scaled(min), max: scaled(max) };
  },
  fit: (_, { by, centre }) => ({ by, centre }),
  ...formula,
});

export function openRescaling(saved: EncoderParams): NumberCoding | null {
  return openScaling(formula, saved);
}
