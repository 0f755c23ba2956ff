// Ranks among the training rows, spread evenly or as the normal distribution has them.

import { at, choice, integer } from "@netwright/definitions";
import { normalQuantile, normalShare } from "@netwright/ir/numerics";
import { between, countWhere, quantileAt, sortedValues, weightOf } from "./column-quantiles.ts";
import {
  defineScaling,
  type EncoderParams,
  type NumberCoding,
  openScaling,
  type ScalingFormula,
} from "./encoder.ts";
import { isFiniteNumber } from "./is-finite-number.ts";

const DISTRIBUTIONS = ["uniform", "normal"] as const;

interface Ranks {
  /** Values at even steps of the share below them, ascending: at least two. */
  readonly quantiles: readonly number[];
  readonly distribution: (typeof DISTRIBUTIONS)[number];
}

/** What scikit-learn gives the least and the greatest value where it makes them normal. */
export const GREATEST_NORMAL_RANK = -normalQuantile(1e-7 - 2 ** -52);

const formula: ScalingFormula<Ranks & Readonly<Record<string, unknown>>> = {
  read({ quantiles, distribution }) {
    const known = DISTRIBUTIONS.find((name) => name === distribution);
    return known !== undefined && isAscending(quantiles) ? { quantiles, distribution: known } : null;
  },
  apply: ({ quantiles, distribution }, x) => {
    const share = shareBelow(quantiles, x);
    if (distribution === "uniform") return share;
    return Math.max(Math.min(normalQuantile(share), GREATEST_NORMAL_RANK), -GREATEST_NORMAL_RANK);
  },
  invert: ({ quantiles, distribution }, z) =>
    valueAt(
      quantiles,
      distribution === "uniform" ? z : Math.abs(z) < GREATEST_NORMAL_RANK ? normalShare(z) : z,
    ),
  // The shares are looked up in a list, which no step does.
  steps: () => null,
};

export const quantile = defineScaling<Ranks & Readonly<Record<string, unknown>>>()({
  name: "quantile",
  doc: "The share of the training rows that lie below a value, from 0 to 1, or the number below which the normal distribution has that share. Values beyond those of training become the least and the greatest of them. A prediction of such a target lies within the range of training.",
  formula: "z = F(x), or z = normal quantile of F(x), from -5.2 to 5.2; F goes straight between quantiles",
  example: "columns { Age: number(scale: quantile(output_distribution: normal)) }",
  source: "scikit-learn, `QuantileTransformer`, of all training rows",
  params: {
    n_quantiles: integer({
      doc: "How many quantiles are kept; as many as training rows where those are fewer.",
      default: 1000,
      min: 2,
      max: 100_000,
    }),
    output_distribution: choice({
      values: DISTRIBUTIONS,
      default: "uniform",
      doc: "What the scaled values are like: even from 0 to 1, or normal.",
    }),
  },
  range: (_, { output_distribution }) =>
    output_distribution === "uniform"
      ? { min: 0, max: 1 }
      : { min: -GREATEST_NORMAL_RANK, max: GREATEST_NORMAL_RANK },
  fit(pieces, { n_quantiles, output_distribution }) {
    const sorted = sortedValues(pieces);
    const steps = Math.max(1, Math.min(n_quantiles, sorted.length) - 1);
    const quantiles = Array.from({ length: steps + 1 }, (_, i) => quantileAt(sorted, i / steps));
    return { quantiles, distribution: output_distribution };
  },
  ...formula,
});

export function openQuantile(saved: EncoderParams): NumberCoding | null {
  return openScaling(formula, saved);
}

/** Where several quantiles are x, the middle of their shares. */
function shareBelow(quantiles: readonly number[], x: number): number {
  const steps = quantiles.length - 1;
  if (Number.isNaN(x)) return x;
  if (x <= at(quantiles, 0)) return 0;
  if (x >= at(quantiles, steps)) return 1;
  const first = countWhere(quantiles, (quantile) => quantile < x);
  const behind = countWhere(quantiles, (quantile) => quantile <= x);
  if (behind > first) return (first + behind - 1) / 2 / steps;
  return (first - 1 + weightOf(x, at(quantiles, first - 1), at(quantiles, first))) / steps;
}

/** Beyond 0 and 1 the least and the greatest. */
function valueAt(quantiles: readonly number[], share: number): number {
  const steps = quantiles.length - 1;
  if (Number.isNaN(share)) return share;
  const place = Math.max(0, Math.min(share, 1)) * steps;
  const below = Math.min(Math.floor(place), steps - 1);
  return between(at(quantiles, below), at(quantiles, below + 1), place - below);
}

function isAscending(value: unknown): value is readonly number[] {
  return (
    Array.isArray(value) &&
    value.length > 1 &&
    value.every((item, i) => isFiniteNumber(item) && (i === 0 || item >= value[i - 1]))
  );
}
