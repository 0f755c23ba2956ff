// 1 / (1 + exp(-x)) on f32 against double precision.

import { logistic } from "@netwright/ir/numerics";
import { describeUnary } from "./unary-suite.ts";

describeUnary({
  name: "logistic",
  run: logistic,
  reference: (x) => (x < 0 ? Math.exp(x) / (1 + Math.exp(x)) : 1 / (1 + Math.exp(-x))),
  bound: 1.87,
  range: [-105, 20],
  direction: 1,
  special: [
    [0, 0.5],
    [-0, 0.5],
    [2 ** -149, 0.5],
    [20, 1],
    [3e38, 1],
    [Infinity, 1],
    [-Infinity, 0],
    [-3e38, 0],
    // Subnormal results.
    [-103, 2 ** -149],
    [-104, 0],
    [NaN, NaN],
  ],
  golden: "52ef36b5",
});
