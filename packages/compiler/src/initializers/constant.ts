// The initializers without randomness.

import { tensor } from "@netwright/ir";
import { real } from "@netwright/lang";
import { defineInitializer } from "./initializer.ts";

export const zeros = defineInitializer({
  name: "zeros",
  doc: "All zeros.",
  params: {},
  build: (b, _, shape) => b.fill(tensor("f32", shape), 0),
});

export const constant = defineInitializer({
  name: "constant",
  doc: "All the same value.",
  params: { value: real({ doc: "The value." }) },
  build: (b, _, shape, { value }) => b.fill(tensor("f32", shape), value),
});
