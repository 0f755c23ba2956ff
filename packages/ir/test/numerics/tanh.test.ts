// tanh(x) on f32 against Math.tanh in double precision.

import { tanh } from "@netwright/ir/numerics";
import { describeUnary } from "./unary-suite.ts";

describeUnary({
  name: "tanh",
  run: tanh,
  reference: Math.tanh,
  bound: 1.34,
  range: [-10, 10],
  direction: 1,
  special: [
    [0, 0],
    [-0, -0],
    [2 ** -149, 2 ** -149],
    [-3 * 2 ** -149, -3 * 2 ** -149],
    [-(2 ** -20), -(2 ** -20)],
    [10, 1],
    [-3e38, -1],
    [Infinity, 1],
    [-Infinity, -1],
    [NaN, NaN],
  ],
  golden: "7027c3e1",
});
