// 1 / sqrt(x) on f32 against double precision.

import { rsqrt } from "@netwright/ir/numerics";
import { describeUnary } from "./unary-suite.ts";

describeUnary({
  name: "rsqrt",
  run: rsqrt,
  reference: (x) => 1 / Math.sqrt(x),
  bound: 1.5,
  range: [0.25, 4],
  direction: -1,
  special: [
    [1, 1],
    [4, 0.5],
    [2 ** -148, 2 ** 74],
    [2 ** 126, 2 ** -63],
    [0, Infinity],
    [-0, -Infinity],
    [Infinity, 0],
    [-1, NaN],
    [-Infinity, NaN],
    [NaN, NaN],
  ],
  golden: "11ce7502",
});
