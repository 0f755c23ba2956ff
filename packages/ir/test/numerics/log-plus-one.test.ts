// ln(1 + x) on f32 against Math.log1p in double precision.

import { logPlusOne } from "@netwright/ir/numerics";
import { describeUnary } from "./unary-suite.ts";

describeUnary({
  name: "logPlusOne",
  run: logPlusOne,
  reference: Math.log1p,
  bound: 1.39,
  range: [-1, 3],
  direction: 1,
  special: [
    [0, 0],
    [-0, -0],
    [2 ** -149, 2 ** -149],
    [-3 * 2 ** -149, -3 * 2 ** -149],
    [-(2 ** -30), -(2 ** -30)],
    [1, Math.fround(Math.LN2)],
    [-0.5, Math.fround(-Math.LN2)],
    [-1, -Infinity],
    [-1.0000001192092896, NaN],
    [-Infinity, NaN],
    [Infinity, Infinity],
    [NaN, NaN],
    [3.4028234663852886e38, Math.fround(Math.log(3.4028234663852886e38))],
  ],
  golden: "107ba880",
});
