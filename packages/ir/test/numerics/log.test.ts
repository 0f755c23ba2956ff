// ln(x) on f32 against Math.log in double precision.

import { log } from "@netwright/ir/numerics";
import { describeUnary } from "./unary-suite.ts";

describeUnary({
  name: "log",
  run: log,
  reference: Math.log,
  bound: 0.83,
  range: [0.25, 4],
  direction: 1,
  special: [
    [1, 0],
    [2, Math.fround(Math.LN2)],
    [0.5, Math.fround(-Math.LN2)],
    [0, -Infinity],
    [-0, -Infinity],
    [-(2 ** -149), NaN],
    [-1, NaN],
    [-Infinity, NaN],
    [Infinity, Infinity],
    [NaN, NaN],
    [2 ** -149, Math.fround(-149 * Math.LN2)],
    [3.4028234663852886e38, Math.fround(Math.log(3.4028234663852886e38))],
  ],
  golden: "8a2037b5",
});
