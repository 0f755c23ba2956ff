// Functions of f64 that encoders of numbers need, as text: the formulas of `@netwright/ir/numerics`, operation by operation, with
// their coefficients.

import {
  LEAST_FRACTION_WIDE,
  LN2_HIGH_WIDE,
  LN2_LOW_WIDE,
  LOG_WIDE_SERIES,
  NORMAL_QUANTILE,
  type Rational,
  TURNS_SERIES,
} from "@netwright/ir/numerics";
import type { Syntax } from "./syntax.ts";

/** `normalQuantile`; `sineOfTurns` and, a quarter on, `cosineOfTurns`. */
export type WideFunction = "normal_quantile" | "wave";

export function wideFunctionLines(syntax: Syntax, name: WideFunction): readonly string[] {
  return name === "wave" ? waveLines(syntax) : normalQuantileLines(syntax);
}

/** Coefficients from the highest power to the lowest. */
function polynomial(coefficients: readonly number[], x: string, { wide, multiplyWide }: Syntax): string {
  const [first = 0, ...others] = coefficients;
  return others.reduce((sum, one) => `(${multiplyWide(sum, x)} + ${wide(one)})`, wide(first));
}

function normalQuantileLines(syntax: Syntax): readonly string[] {
  const { wide, multiplyWide: times, sqrtWide } = syntax;
  const quotient = ([above, below]: Rational, x: string) =>
    `${polynomial(above, x, syntax)} / ${polynomial(below, x, syntax)}`;
  const { centre, middle, tail, nearHalf, nearHalfSquared, middleFrom, tailFrom } = NORMAL_QUANTILE;
  return [
    syntax.func("normal_quantile", [{ name: "p", type: "wide" }], "wide"),
    syntax.when(`p <= ${wide(0)}`),
    `return ${wide(Number.NEGATIVE_INFINITY)};`,
    "}",
    syntax.when(`p >= ${wide(1)}`),
    `return ${wide(Number.POSITIVE_INFINITY)};`,
    "}",
    syntax.let("wide", "q", `p - ${wide(0.5)}`),
    syntax.when(`q >= ${wide(-nearHalf)} && q <= ${wide(nearHalf)}`),
    syntax.let("wide", "c", `${wide(nearHalfSquared)} - ${times("q", "q")}`),
    syntax.let("wide", "ratio", quotient(centre, "c")),
    `return ${times("q", "ratio")};`,
    "}",
    syntax.variable("wide", "x", syntax.pickWide(`q < ${wide(0)}`, "p", `${wide(1)} - p`)),
    ...logarithmLines(syntax),
    syntax.let("wide", "r", sqrtWide("(-logarithm)")),
    syntax.let("wide", "inner", `r - ${wide(middleFrom)}`),
    syntax.let("wide", "outer", `r - ${wide(tailFrom)}`),
    syntax.variable("wide", "size", quotient(middle, "inner")),
    syntax.when(`r > ${wide(tailFrom)}`),
    `size = ${quotient(tail, "outer")};`,
    "}",
    syntax.when(`q < ${wide(0)}`),
    "return (-size);",
    "}",
    "return size;",
    "}",
  ];
}

/** `logarithm`, that of the variable `x`, which is above 0 and at most 1/2. */
function logarithmLines(syntax: Syntax): readonly string[] {
  const { wide, multiplyWide: times } = syntax;
  const [even, odd] = [LOG_WIDE_SERIES.even, LOG_WIDE_SERIES.odd].map((series) =>
    polynomial([...series].reverse(), "w", syntax),
  );
  return [
    syntax.variable("wide", "k", wide(0)),
    // By powers of two, which is exact.
    ...[512, 256, 128, 64, 32, 16, 8, 4, 2, 1].flatMap((exponent) => [
      syntax.when(`x < ${wide(LEAST_FRACTION_WIDE * 2 ** (1 - exponent))}`),
      `x = ${times("x", wide(2 ** exponent))};`,
      `k = k - ${wide(exponent)};`,
      "}",
    ]),
    syntax.let("wide", "f", `x - ${wide(1)}`),
    syntax.let("wide", "half", times(times(wide(0.5), "f"), "f")),
    syntax.let("wide", "s", `f / (${wide(2)} + f)`),
    syntax.let("wide", "z", times("s", "s")),
    syntax.let("wide", "w", times("z", "z")),
    syntax.let("wide", "even", times("w", even ?? "")),
    syntax.let("wide", "odd", times("z", odd ?? "")),
    syntax.let("wide", "high", times("k", wide(LN2_HIGH_WIDE))),
    syntax.let("wide", "low", times("k", wide(LN2_LOW_WIDE))),
    syntax.let("wide", "curve", times("s", "(half + (odd + even))")),
    syntax.let("wide", "logarithm", "curve + low - half + f + high"),
  ];
}

function waveLines(syntax: Syntax): readonly string[] {
  const { wide, multiplyWide: times, floorWide } = syntax;
  const series = (coefficients: readonly number[]) => polynomial(coefficients, "square", syntax);
  return [
    syntax.func(
      "wave",
      [
        { name: "turns", type: "wide" },
        { name: "quarters", type: "wide" },
      ],
      "wide",
    ),
    syntax.let("wide", "rest", `turns - ${floorWide("turns")}`),
    syntax.let("wide", "nearest", floorWide(`(${times(wide(4), "rest")} + ${wide(0.5)})`)),
    syntax.let("wide", "x", times(`(rest - nearest / ${wide(4)})`, wide(2 * Math.PI))),
    syntax.let("wide", "square", times("x", "x")),
    syntax.variable("wide", "quarter", "nearest + quarters"),
    syntax.when(`quarter >= ${wide(4)}`),
    `quarter = quarter - ${wide(4)};`,
    "}",
    syntax.let("wide", "sine", `x + ${times(times("x", "square"), series(TURNS_SERIES.sine))}`),
    syntax.let(
      "wide",
      "cosine",
      `${wide(1)} - square / ${wide(2)} + ${times(times("square", "square"), series(TURNS_SERIES.cosine))}`,
    ),
    syntax.let(
      "wide",
      "value",
      syntax.pickWide(`quarter == ${wide(0)} || quarter == ${wide(2)}`, "sine", "cosine"),
    ),
    syntax.when(`quarter < ${wide(2)}`),
    "return value;",
    "}",
    "return (-value);",
    "}",
  ];
}
