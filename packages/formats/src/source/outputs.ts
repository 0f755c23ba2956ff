// From what the network gives to predictions: numbers in original units, or shares and the place of a class.

import { LEAST_SHARE, type PortableOutputs, widthOf } from "../model/outputs.ts";
import { stepLines } from "./steps.ts";
import type { RealFunction, Syntax } from "./syntax.ts";

/** The body of a function of `given` and `values` that gives the place of the class, or 0. */
export function decoded(
  outputs: PortableOutputs,
  syntax: Syntax,
  functions: Set<RealFunction>,
): readonly string[] {
  const width = widthOf(outputs);
  switch (outputs.kind) {
    case "numbers":
      return [
        ...outputs.columns.flatMap(({ inverse }, j) => scaledBack(j, inverse ?? [], syntax, functions)),
        "return 0;",
      ];
    case "quantiles":
      return [
        ...outputs.levels.flatMap((_, j) => scaledBack(j, outputs.column.inverse ?? [], syntax, functions)),
        "return 0;",
      ];
    case "labels":
      return [syntax.loop("i", width), `values[i] = ${syntax.widen("given[i]")};`, "}", "return 0;"];
    case "classes":
      return [
        syntax.loop("i", width),
        `values[i] = ${syntax.widen("given[i]")};`,
        "}",
        ...calibrated(outputs.temperature, width, syntax),
        ...chosen(outputs.threshold, width, syntax),
      ];
  }
}

function scaledBack(
  j: number,
  inverse: Parameters<typeof stepLines>[0],
  syntax: Syntax,
  functions: Set<RealFunction>,
): readonly string[] {
  const y = `y${j}`;
  return [
    syntax.variable("wide", y, syntax.widen(`given[${j}]`)),
    ...stepLines(inverse, y, syntax, functions),
    `values[${j}] = ${y};`,
  ];
}

/** p^(1/T) over their sum. */
function calibrated(temperature: number | null, width: number, syntax: Syntax): readonly string[] {
  if (temperature === null) return [];
  const least = syntax.wide(LEAST_SHARE);
  return [
    syntax.variable("wide", "sum", syntax.wide(0)),
    syntax.loop("i", width),
    `values[i] = ${syntax.pickWide(`values[i] < ${least}`, least, "values[i]")};`,
    `values[i] = ${syntax.powerWide("values[i]", syntax.wide(1 / temperature))};`,
    "sum = sum + values[i];",
    "}",
    syntax.loop("i", width),
    "values[i] = values[i] / sum;",
    "}",
  ];
}

function chosen(threshold: number | null, width: number, syntax: Syntax): readonly string[] {
  if (threshold !== null)
    return [syntax.when(`values[1] >= ${syntax.wide(threshold)}`), "return 1;", "}", "return 0;"];
  return [
    syntax.variable("int", "best", syntax.int(0)),
    syntax.variable("wide", "most", "values[0]"),
    syntax.loop("i", width),
    syntax.when("values[i] > most"),
    `best = ${syntax.indexToInt("i")};`,
    "most = values[i];",
    "}",
    "}",
    "return best;",
  ];
}
