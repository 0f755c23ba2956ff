// From what the last layer gives to predictions in original units, classes and their shares.

import { at } from "@netwright/definitions";
import { exponential, sigmoid } from "../dense/arithmetic.ts";
import { formulasOf } from "../dense/scaling.ts";
import type { Link } from "../model/network.ts";
import { LEAST_SHARE, type PortableOutputs } from "../model/outputs.ts";
import { arithmeticOf, type Dialect } from "./dialects.ts";
import { greatestOf, type Made, type Query, sum } from "./query.ts";

/** What a row is told beside its own columns: names, and where their values are. */
export interface Told {
  readonly step: Made;
  readonly values: readonly (readonly [name: string, value: string])[];
}

export function softmax(query: Query, dialect: Dialect, x: Made): Made {
  const a = arithmeticOf(dialect);
  const most = query.step("the greatest", [x], [greatestOf(dialect.greatest, x.columns)]);
  const powers = query.step(
    "powers of e",
    [x, most],
    x.columns.map((column) => exponential(a, a.subtract(column, at(most.columns, 0)))),
  );
  return shares(query, powers);
}

function shares(query: Query, powers: Made): Made {
  const whole = query.step("their sum", [powers], [sum(powers.columns)]);
  return query.step(
    "shares",
    [powers, whole],
    powers.columns.map((column) => `${column} / ${at(whole.columns, 0)}`),
  );
}

export function linked(query: Query, dialect: Dialect, x: Made, link: Link): Made {
  const a = arithmeticOf(dialect);
  const [first = ""] = x.columns;
  const minus = a.subtract(a.number(0), first);
  switch (link.kind) {
    case "as_is":
      return x;
    case "softmax":
      return softmax(query, dialect, x);
    case "two_classes":
      return query.step("shares", [x], [sigmoid(a, minus), sigmoid(a, first)]);
    case "margins":
      return query.step("margins", [x], [minus, first]);
    case "exponential":
      return query.step(
        "powers of e",
        [x],
        x.columns.map((column) => exponential(a, column)),
      );
    case "sigmoid":
    case "sorted":
    case "other":
      throw new Error(`${link.kind} is refused`);
  }
}

export function told(query: Query, dialect: Dialect, outputs: PortableOutputs, given: Made): Told {
  const a = arithmeticOf(dialect);
  if (outputs.kind === "numbers") {
    const formulas = outputs.columns.map(({ inverse }) => formulasOf(a, inverse ?? []));
    const rounds = Math.max(0, ...formulas.map((own) => own.length));
    let step = given;
    for (let round = 0; round < rounds; round++)
      step = query.step(
        "original units",
        [step],
        step.columns.map((column, i) => at(formulas, i)[round]?.(column) ?? column),
      );
    return {
      step,
      values: outputs.columns.map(({ name }, i) => [`predicted_${name}`, at(step.columns, i)]),
    };
  }
  if (outputs.kind !== "classes") throw new Error(`${outputs.kind} are refused`);
  const { temperature, threshold, words, name, probabilities } = outputs;
  const step =
    temperature === null
      ? given
      : shares(
          query,
          query.step(
            "calibrated",
            [given],
            given.columns.map((column) => {
              const share = a.when(column, ">", a.number(LEAST_SHARE), column, a.number(LEAST_SHARE));
              return exponential(a, a.divide(a.logarithm(share), a.number(temperature)));
            }),
          ),
        );
  const label = query.step("the class", [step], [classOf(dialect, words, threshold, step)]);
  const kind = probabilities ? "probability" : "margin";
  // The step of the class is read beside that of the shares: both go along.
  const all = query.step("what is told", [step, label], [...label.columns, ...step.columns]);
  return {
    step: all,
    values: [
      [`predicted_${name}`, at(all.columns, 0)],
      ...words.map((word, i) => [`${kind}_${word}`, at(all.columns, i + 1)] as const),
    ],
  };
}

/** The first of the likeliest, or by the threshold of two. */
function classOf(dialect: Dialect, words: readonly string[], threshold: number | null, shares: Made): string {
  const word = (i: number) => dialect.text(words[i] ?? "");
  if (threshold !== null)
    return `case when ${at(shares.columns, 1)} >= ${dialect.number(threshold)} then ${word(1)} else ${word(0)} end`;
  const most = greatestOf(dialect.greatest, shares.columns);
  return `case ${most} ${shares.columns.map((column, i) => `when ${column} then ${word(i)}`).join(" ")} end`;
}
