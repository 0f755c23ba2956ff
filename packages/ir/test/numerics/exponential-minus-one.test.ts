// exp(x) - 1 on f32 against Math.expm1 in double precision.

import { exponentialMinusOne } from "@netwright/ir/numerics";
import { describeUnary } from "./unary-suite.ts";

describeUnary({
  name: "exponentialMinusOne",
  run: exponentialMinusOne,
  reference: Math.expm1,
  bound: 1.15,
  range: [-19, 90],
  direction: 1,
  special: [
    [0, 0],
    [-0, -0],
    [2 ** -149, 2 ** -149],
    [-3 * 2 ** -149, -3 * 2 ** -149],
    [2 ** -30, 2 ** -30],
    [1, Math.fround(Math.E - 1)],
    [-18, -1],
    [-1e38, -1],
    [-Infinity, -1],
    [88.72283172607422, 3.402798519021476e38],
    [88.72284698486328, Infinity],
    [Infinity, Infinity],
    [NaN, NaN],
  ],
  golden: "a25fd2c8",
});
