// Mixup: while training, each row of a batch and its target are mixed with another row of the batch. Zhang et al. 2018, "mixup: Beyond
// Empirical Risk Minimization". It touches the inputs and the target alike, so it is a part of the step and no layer.

import type { Builder, Value } from "@netwright/ir";
import type { Sampler } from "../random/sampling.ts";

/** Rows of training, and what a loss of them is made of. */
export interface Batch {
  readonly inputs: ReadonlyMap<string, Value>;
  /** The loss of a row is the sum of those to these targets. */
  readonly targets: readonly BatchTarget[];
}

export interface BatchTarget {
  readonly y: Value;
  /** What the loss of each row counts, [rows]; null where all count 1. */
  readonly weight: Value | null;
}

/**
 * Each row r with the row behind it, the last with the first: rows come in an order drawn anew in each epoch, so that is a row by
 * chance. What r counts is its share, drawn from Beta(alpha, alpha), times its weight; the mixed row has both together as its weight.
 * Numbers of inputs and targets are mixed; classes are not, and the loss is that to the class of either. A batch of one row stays as it is.
 */
export function mixed(
  b: Builder,
  sampler: Sampler,
  alpha: number,
  inputs: ReadonlyMap<string, Value>,
  { y, weight }: BatchTarget,
): Batch {
  const [rows = 0] = y.type.shape;
  if (rows < 2) return { inputs, targets: [{ y, weight }] };
  const share = betaShares(b, sampler, alpha, rows);
  const rest = b.subtract(b.like(share, 1), share);
  const own = weight === null ? share : b.multiply(share, weight);
  const other = weight === null ? rest : b.multiply(rest, nextRows(b, weight));
  const both = b.add(own, other);
  // Of two rows that count nothing the first stays as it is, and counts nothing.
  const part = weight === null ? rest : b.divide(other, b.maximum(both, b.like(both, LEAST)));
  const mix = (x: Value) => mixedNumbers(b, x, part);
  const targets =
    y.type.dtype === "f32"
      ? [{ y: mix(y), weight: weight === null ? null : both }]
      : [
          { y, weight: own },
          { y: nextRows(b, y), weight: other },
        ];
  return { inputs: new Map([...inputs].map(([name, x]) => [name, mix(x)])), targets };
}

const LEAST = 1e-30;

/** [rows x ...], each row in the place before it, and the first one last. */
function nextRows(b: Builder, x: Value): Value {
  const { shape } = x.type;
  const start = shape.map(() => 0);
  const first = b.slice(x, start, [1, ...shape.slice(1)]);
  return b.concatenate([b.slice(x, [1, ...start.slice(1)], shape), first], 0);
}

/** (1 - part) x + part x', with x' the row behind. */
function mixedNumbers(b: Builder, x: Value, part: Value): Value {
  const shares = b.broadcastInDim(part, x.type.shape, [0]);
  const own = b.multiply(x, b.subtract(b.like(x, 1), shares));
  return b.add(own, b.multiply(nextRows(b, x), shares));
}

/**
 * For each row a number of Beta(alpha, alpha), [rows]: 1/2 + 1/2 c sqrt((1 - p) / (p + (1 - p) c^2)) with p = U^(1 / alpha) and
 * c = cos(2 pi V), so that two uniform numbers are enough whatever alpha is. Source: Bailey 1994, "Polar generation of random variates
 * with the t-distribution"; Devroye 1996, "Random variate generation in one line of code".
 */
function betaShares(b: Builder, sampler: Sampler, alpha: number, rows: number): Value {
  const u = sampler.uniform([rows]);
  // 1 - u is never 0, and exact.
  const logarithm = b.divide(b.log(b.subtract(b.like(u, 1), u)), b.like(u, alpha));
  const power = b.exponential(logarithm);
  const rest = b.negate(b.exponentialMinusOne(logarithm));
  const cosine = b.cosine(b.multiply(sampler.uniform([rows]), b.like(u, 2 * Math.PI)));
  const length = b.add(power, b.multiply(rest, b.multiply(cosine, cosine)));
  const side = b.divide(b.multiply(cosine, b.sqrt(rest)), b.sqrt(b.maximum(length, b.like(length, LEAST))));
  const share = b.add(b.multiply(side, b.like(side, 0.5)), b.like(side, 0.5));
  // Rounding must not make the share of the other row negative.
  return b.minimum(b.maximum(share, b.like(share, 0)), b.like(share, 1));
}
