// The initializers without randomness.

import { real } from "@netwright/definitions";
import { tensor } from "@netwright/ir";
import { defineInitializer } from "./initializer.ts";

export const zeros = defineInitializer({
  name: "zeros",
  doc: "All zeros.",
  formula: "w = 0",
  example: "dense(64, bias_initializer: zeros)",
  source: "Keras, `Zeros`",
  params: {},
  build: (b, _, shape) => b.fill(tensor("f32", shape), 0),
});

export const ones = defineInitializer({
  name: "ones",
  doc: "All ones.",
  formula: "w = 1",
  example: "batch_norm(gamma_initializer: ones)",
  source: "Keras, `Ones`",
  params: {},
  build: (b, _, shape) => b.fill(tensor("f32", shape), 1),
});

export const constant = defineInitializer({
  name: "constant",
  doc: "All the same value.",
  formula: "w = value",
  example: "dense(1, bias_initializer: constant(0.5))",
  source: "Keras, `Constant`",
  params: { value: real({ doc: "The value." }) },
  build: (b, _, shape, { value }) => b.fill(tensor("f32", shape), value),
});
