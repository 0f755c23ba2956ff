// The family of initializers that scale the variance to the size of the layer: three rules, each as a
// uniform and as a truncated normal distribution. Sources: Glorot, Bengio 2010; He et al. 2015; LeCun 1998.

import { fans } from "../random/sampling.ts";
import { defineInitializer, type Initializer } from "./initializer.ts";

interface VarianceRule {
  readonly rule: string;
  readonly purpose: string;
  /** The variance as text and as a function of the shape. */
  readonly formula: string;
  readonly source: string;
  readonly variance: (fanIn: number, fanOut: number) => number;
}

const RULES: readonly VarianceRule[] = [
  {
    rule: "glorot",
    purpose: "keeps the variance through layers with symmetric activations",
    formula: "2 / (fan_in + fan_out)",
    source:
      'Glorot, Bengio 2010, "Understanding the Difficulty of Training Deep Feedforward Neural Networks"',
    variance: (fanIn, fanOut) => 2 / (fanIn + fanOut),
  },
  {
    rule: "he",
    purpose: "keeps the variance through relu layers",
    formula: "2 / fan_in",
    source: 'He et al. 2015, "Delving Deep into Rectifiers"',
    variance: (fanIn) => 2 / fanIn,
  },
  {
    rule: "lecun",
    purpose: "keeps the variance through selu layers",
    formula: "1 / fan_in",
    source: 'LeCun et al. 1998, "Efficient BackProp"',
    variance: (fanIn) => 1 / fanIn,
  },
];

/** Standard deviation of the standard normal distribution cut off at 2. */
const TRUNCATED_DEVIATION = 0.8796256610342398;

function uniform({ rule, purpose, formula, source, variance }: VarianceRule): Initializer {
  return defineInitializer({
    name: `${rule}_uniform`,
    doc: `Uniform weights; ${purpose}.`,
    formula: `uniform within +-sqrt(3 v), v = ${formula}`,
    example: `dense(64, kernel_initializer: ${rule}_uniform)`,
    source,
    params: {},
    build: (b, sampler, shape) => {
      const { fanIn, fanOut } = fans(shape);
      const limit = Math.sqrt(3 * variance(fanIn, fanOut));
      const u = sampler.uniform(shape);
      return b.multiply(b.subtract(b.multiply(u, b.like(u, 2)), b.like(u, 1)), b.like(u, limit));
    },
  });
}

function normal({ rule, purpose, formula, source, variance }: VarianceRule): Initializer {
  return defineInitializer({
    name: `${rule}_normal`,
    doc: `Normal weights, cut off at two standard deviations; ${purpose}.`,
    formula: `truncated normal of variance ${formula}`,
    example: `dense(64, kernel_initializer: ${rule}_normal)`,
    source,
    params: {},
    build: (b, sampler, shape) => {
      const { fanIn, fanOut } = fans(shape);
      const deviation = Math.sqrt(variance(fanIn, fanOut)) / TRUNCATED_DEVIATION;
      const z = sampler.truncatedNormal(shape);
      return b.multiply(z, b.like(z, deviation));
    },
  });
}

export const varianceScaling: readonly Initializer[] = RULES.flatMap((rule) => [uniform(rule), normal(rule)]);
