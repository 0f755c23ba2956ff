// exp(x) on f32 against Math.exp in double precision.

import { exponential } from "@netwright/ir/numerics";
import { describeUnary } from "./unary-suite.ts";

describeUnary({
  name: "exponential",
  run: exponential,
  reference: Math.exp,
  bound: 0.99,
  range: [-105, 90],
  direction: 1,
  special: [
    [0, 1],
    [-0, 1],
    [1, Math.fround(Math.E)],
    [2 ** -30, 1],
    [2 ** -149, 1],
    [-Infinity, 0],
    [Infinity, Infinity],
    [NaN, NaN],
    [88.72283172607422, 3.402798519021476e38],
    [88.72284698486328, Infinity],
    // Gradual underflow: the smallest results are subnormal, half of the smallest is the end.
    [-87.5, Math.fround(Math.exp(-87.5))],
    [-103, 2 ** -149],
    [-103.97207641601562, 2 ** -149],
    [-103.97208404541016, 0],
    [-1e38, 0],
  ],
  golden: "01f48148",
});
