// Random numbers that do not follow from the size of the layer.

import { real } from "@netwright/definitions";
import { defineInitializer } from "./initializer.ts";

export const randomUniform = defineInitializer({
  name: "random_uniform",
  doc: "Uniform weights between two numbers.",
  formula: "uniform in [minval, maxval)",
  example: "dense(64, kernel_initializer: random_uniform(minval: -0.1, maxval: 0.1))",
  source: "Keras, `RandomUniform`",
  params: {
    minval: real({ doc: "The least value.", default: -0.05 }),
    maxval: real({ doc: "The end of the values.", default: 0.05 }),
  },
  build: (b, sampler, shape, { minval, maxval }) => {
    const u = sampler.uniform(shape);
    return b.add(b.multiply(u, b.like(u, maxval - minval)), b.like(u, minval));
  },
});

export const randomNormal = defineInitializer({
  name: "random_normal",
  doc: "Normal weights.",
  formula: "normal of the mean and the standard deviation",
  example: "dense(64, kernel_initializer: random_normal(stddev: 0.02))",
  source: "Keras, `RandomNormal`",
  params: {
    mean: real({ doc: "The mean.", default: 0 }),
    stddev: real({ doc: "The standard deviation.", default: 0.05, min: 0 }),
  },
  build: (b, sampler, shape, { mean, stddev }) => {
    const z = sampler.normal(shape);
    return b.add(b.multiply(z, b.like(z, stddev)), b.like(z, mean));
  },
});

export const randomSign = defineInitializer({
  name: "random_sign",
  doc: "1 or -1, either as likely: factors that tell members of an ensemble apart.",
  formula: "w = 1 or -1, each with probability 1/2",
  example: "members(4) -> member_scale(scale_initializer: random_sign)",
  source:
    'Wen, Tran, Ba 2020, "BatchEnsemble: An Alternative Approach to Efficient Ensemble and Lifelong Learning"',
  params: {},
  build: (b, sampler, shape) => {
    const u = sampler.uniform(shape);
    const isPositive = b.compare(u, "GE", b.like(u, 0.5));
    return b.select(isPositive, b.like(u, 1), b.like(u, -1));
  },
});
