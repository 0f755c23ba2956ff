// The leaky_relu activation.

import { real } from "@netwright/lang";
import { defineActivation } from "./activation.ts";

export const leakyRelu = defineActivation({
  name: "leaky_relu",
  doc: "Like relu, with a small slope below 0.",
  formula: "x where x > 0, negative_slope * x elsewhere",
  params: { negative_slope: real({ doc: "Slope below 0.", default: 0.3, min: 0 }) },
  build: (b, x, { negative_slope }) =>
    b.select(b.compare(x, "GT", b.like(x, 0)), x, b.multiply(x, b.like(x, negative_slope))),
});
