// Logarithm of one plus the value, for quantities that span orders of magnitude. In f32, through the
// deterministic numerics: the host's logarithm differs between engines.

import { exponentialMinusOne, logPlusOne } from "@netwright/ir/numerics";
import {
  defineScaling,
  type EncoderParams,
  type NumberCoding,
  openScaling,
  type ScalingFormula,
} from "./encoder.ts";

const formula: ScalingFormula<Readonly<Record<string, never>>> = {
  read: () => ({}),
  apply: (_, x) => logPlusOne(Math.fround(x)),
  invert: (_, z) => exponentialMinusOne(Math.fround(z)),
  steps: () => ({ apply: [{ kind: "log_plus_one" }], invert: [{ kind: "exponential_minus_one" }] }),
};

export const log1p = defineScaling<Readonly<Record<string, never>>>()({
  name: "log1p",
  doc: "Takes the natural logarithm of 1 + x; learns nothing from the data.",
  formula: "z = ln(1 + x)",
  example: "columns { Age: number(scale: log1p) }",
  source: "NumPy, `log1p`",
  params: {},
  domain: "greater than -1",
  // It is for amounts; less than 0 is what the contract has to say.
  range: ({ min, max }) => ({
    min: min === null ? 0 : logPlusOne(Math.fround(min)),
    max: max === null ? Number.POSITIVE_INFINITY : logPlusOne(Math.fround(max)),
  }),
  // As f32, which the logarithm is taken of: the nearest one to -0.99999999999 is -1.
  accepts: (x) => Math.fround(x) > -1,
  fit: () => ({}),
  ...formula,
});

export function openLog1p(saved: EncoderParams): NumberCoding | null {
  return openScaling(formula, saved);
}
