// A value as sines and cosines of it, of frequencies that are drawn once and kept.

import { integer, numbersOf, real } from "@netwright/definitions";
import { cosineOfTurns, normalQuantile, sineOfTurns } from "@netwright/ir/numerics";
import { randomStream } from "../random/random-stream.ts";
import { defineNumberEncoder, type EncoderParams, type NumberCoding } from "./encoder.ts";
import { isFiniteNumber } from "./is-finite-number.ts";
import { meanAndDeviation } from "./mean-and-deviation.ts";

interface Waves {
  readonly mean: number;
  readonly std: number;
  /** Turns for each standard deviation. */
  readonly frequencies: readonly number[];
}

export const periodic = defineNumberEncoder({
  name: "periodic",
  doc: "Scales as `zscore`, and makes of the result a sine and a cosine for each of some frequencies, which are drawn from a normal distribution and stay: two numbers for each, the sines first. The same seed draws the same for every column. It is for features: what it makes of a number cannot be turned back.",
  formula: "z = [sin(2 pi c s), cos(2 pi c s)], s = (x - mean) / std, c from a normal distribution of sigma",
  example: "columns { Age: number(scale: periodic(frequencies: 8, sigma: 0.2)) }",
  source: "Gorishniy, Rubachev, Babenko 2022; frequencies and sigma of pytabkit's RealMLP",
  params: {
    frequencies: integer({
      doc: "How many: a value becomes twice as many numbers.",
      default: 16,
      min: 1,
      max: 5_000,
    }),
    sigma: real({ doc: "How far the frequencies spread around 0.", default: 0.1, above: 0 }),
    seed: integer({
      doc: "What the frequencies are drawn by.",
      default: 0,
      min: 0,
      max: Number.MAX_SAFE_INTEGER,
    }),
  },
  range: () => ({ min: -1, max: 1 }),
  output: (_, { frequencies }) => numbersOf([2 * frequencies]),
  fit(pieces, { frequencies, sigma, seed }) {
    const below = randomStream(seed, "periodic");
    const drawn = Array.from(
      { length: frequencies },
      () => sigma * normalQuantile((below(DRAWS) + 0.5) / DRAWS),
    );
    return { ...meanAndDeviation(pieces), frequencies: drawn };
  },
  open: openPeriodic,
});

export function openPeriodic(params: EncoderParams): NumberCoding | null {
  const read = readWaves(params);
  if (read === null) return null;
  const { mean, std, frequencies } = read;
  const output = numbersOf([2 * frequencies.length]);
  return {
    takes: "number",
    output,
    scaling: null,
    write(values, { into, at, width }) {
      let start = at;
      for (const x of values) {
        const scaled = (x - mean) / std;
        for (const [i, frequency] of frequencies.entries()) {
          into[start + i] = sineOfTurns(scaled * frequency);
          into[start + frequencies.length + i] = cosineOfTurns(scaled * frequency);
        }
        start += width;
      }
    },
  };
}

const DRAWS = 2 ** 32;

function readWaves({ mean, std, frequencies }: Readonly<Record<string, unknown>>): Waves | null {
  const isSound = isFiniteNumber(mean) && isFiniteNumber(std) && std > 0;
  const isList = Array.isArray(frequencies) && frequencies.length > 0 && frequencies.every(isFiniteNumber);
  return isSound && isList ? { mean, std, frequencies } : null;
}
