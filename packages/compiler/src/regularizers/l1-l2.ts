// Penalties on the size of weights: l1, l2 and both.

import { real } from "@netwright/definitions";
import type { Builder, Value } from "@netwright/ir";
import { defineRegularizer } from "./regularizer.ts";

const absolute = (b: Builder, weight: Value, rate: number): Value =>
  b.multiply(b.sum(b.abs(weight)), b.scalar(rate));

const squared = (b: Builder, weight: Value, rate: number): Value =>
  b.multiply(b.sum(b.multiply(weight, weight)), b.scalar(rate));

const rate = (what: string) => real({ doc: `Factor of the sum of ${what}.`, default: 0.01, min: 0 });

export const l1 = defineRegularizer({
  name: "l1",
  doc: "Penalises absolute weights, which drives many of them to 0.",
  formula: "rate * sum(|w|)",
  example: "dense(64, kernel_regularizer: l1(1e-4))",
  source: 'Tibshirani 1996, "Regression Shrinkage and Selection via the Lasso"',
  params: { rate: rate("absolute weights") },
  build: (b, weight, args) => absolute(b, weight, args.rate),
});

export const l2 = defineRegularizer({
  name: "l2",
  doc: "Penalises squared weights, which keeps them small.",
  formula: "rate * sum(w^2)",
  example: "dense(64, kernel_regularizer: l2(1e-4))",
  source: 'Hoerl, Kennard 1970, "Ridge Regression"',
  params: { rate: rate("squared weights") },
  build: (b, weight, args) => squared(b, weight, args.rate),
});

export const l1L2 = defineRegularizer({
  name: "l1_l2",
  doc: "Penalises absolute and squared weights.",
  formula: "l1 * sum(|w|) + l2 * sum(w^2)",
  example: "dense(64, kernel_regularizer: l1_l2(l1: 1e-5, l2: 1e-4))",
  source: 'Zou, Hastie 2005, "Regularization and Variable Selection via the Elastic Net"',
  params: { l1: rate("absolute weights"), l2: rate("squared weights") },
  build: (b, weight, args) => b.add(absolute(b, weight, args.l1), squared(b, weight, args.l2)),
});
