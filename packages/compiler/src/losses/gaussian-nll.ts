// The loss of a normal distribution around a mean, of which the network gives the mean and how far targets spread around it.

import { real } from "@netwright/definitions";
import type { Builder, Value } from "@netwright/ir";
import { softplusOf } from "../activations/softplus.ts";
import { type MemberShares, meanOfMembers, ofAllMembers } from "./average.ts";
import { defineLoss, meanOverOutputs } from "./loss.ts";

export const gaussianNll = defineLoss({
  name: "gaussian_nll",
  doc:
    "How unlikely a target is of a normal distribution, whose mean and spread the network gives, two numbers for each column. " +
    "The spread says for each row how far off the mean may be, in the unit of the column: rows that are hard to tell cost less. " +
    "With `beta` training gives such rows some of their weight back, and at 1 means are learned as by `mse`; evaluated, the loss is the same.",
  formula:
    "mean(log(s) + (m - t)^2 / (2 s^2)), s = softplus(x) + min_spread; while training each times (s^2)^beta, which has no gradient",
  example: "loss: gaussian_nll",
  source:
    'Nix, Weigend 1994, "Estimating the Mean and Variance of the Target Probability Distribution"; torch, `GaussianNLLLoss`; beta: Seitzer et al. 2022, "On the Pitfalls of Heteroscedastic Uncertainty Estimation"',
  params: {
    beta: real({
      doc: "How much of a row's weight is given back that a large spread takes from it: 0 is the likelihood, 0.5 often better.",
      default: 0,
      min: 0,
      max: 1,
    }),
    min_spread: real({
      doc: "What no spread is below, of the scaled target: the root of `eps` of torch.",
      default: 1e-3,
      above: 0,
    }),
  },
  spread: true,
  width: ({ columns }) => 2 * columns,
  link: (b, x, { min_spread }) => {
    const { mean, raw } = halves(b, x);
    return b.concatenate([mean, spreadOf(b, raw, min_spread)], 1);
  },
  average: (b, x, { min_spread }, shares) => mixture(b, x, min_spread, shares),
  build: (b, x, target, { beta, min_spread }, now) => {
    const { mean, raw } = halves(b, x);
    const spread = spreadOf(b, raw, min_spread);
    const logarithm = b.log(spread);
    const off = b.divide(b.subtract(mean, target), spread);
    const loss = b.add(logarithm, b.multiply(b.multiply(off, off), b.like(off, 0.5)));
    // Only while training: a loss that falls as spreads do would tell early stopping nothing of how likely targets are.
    if (beta === 0 || now === undefined) return meanOverOutputs(b, loss);
    const weight = b.exponential(b.multiply(logarithm, b.like(logarithm, 2 * beta)));
    return meanOverOutputs(b, b.multiply(b.stopGradient(weight), loss));
  },
});

/** [rows x 2 columns] into means and what becomes spreads, [rows x columns] each. */
function halves(b: Builder, x: Value): { readonly mean: Value; readonly raw: Value } {
  const [rows = 0, width = 0] = x.type.shape;
  const columns = width / 2;
  return { mean: b.slice(x, [0, 0], [rows, columns]), raw: b.slice(x, [0, columns], [rows, width]) };
}

function spreadOf(b: Builder, raw: Value, least: number): Value {
  return b.add(softplusOf(b, raw), b.like(raw, least));
}

/**
 * Mean and spread of the mixture of the members' distributions, as a network would give them: how far members are apart is
 * part of the spread. Lakshminarayanan et al. 2017, "Simple and Scalable Predictive Uncertainty Estimation using Deep Ensembles".
 */
function mixture(b: Builder, x: Value, least: number, shares: MemberShares): Value {
  const [rows = 0, members = 0, width = 0] = x.type.shape;
  const all = halves(b, ofAllMembers(b, x));
  const ofEach = (value: Value) => b.reshape(value, [rows, members, width / 2]);
  const [means, spreads] = [ofEach(all.mean), ofEach(spreadOf(b, all.raw, least))];
  const mean = meanOfMembers(b, means, shares);
  const apart = b.subtract(means, b.broadcastInDim(mean, means.type.shape, [0, 2]));
  const squares = b.add(b.multiply(spreads, spreads), b.multiply(apart, apart));
  const spread = b.sqrt(meanOfMembers(b, squares, shares));
  // The x of which softplus(x) is y: y + log(1 - e^-y).
  const y = b.maximum(b.subtract(spread, b.like(spread, least)), b.like(spread, TINY));
  const raw = b.add(y, b.log(b.negate(b.exponentialMinusOne(b.negate(y)))));
  return b.concatenate([mean, raw], 1);
}

/** All members may be at the least spread, and the root of its square a little below. */
const TINY = 1e-7;
