// From the cells of a row to what the network is fed, as strict as a prediction of Netwright: a status other than 0 says which
// column is wrong, and how.

import type { ScalingStep } from "@netwright/data";
import { at } from "@netwright/ir";
import type { NumberColumn, PortableColumn, WordColumn } from "../model/columns.ts";
import type { RefusedRow } from "../model/samples.ts";
import type { PrintedNetwork } from "./program.ts";
import type { RealFunction, Syntax } from "./syntax.ts";

/** What can be wrong with a cell, as it is told. */
const TOLD = {
  empty: "empty",
  "unknown word": "an unknown word",
  "below the range": "below the range",
  "above the range": "above the range",
  "not whole": "no number of its kind",
} as const satisfies Readonly<Record<RefusedRow["because"], string>>;

/** By their numbers, from 1 on. */
export const REASONS: readonly string[] = Object.values(TOLD);

/** 8 times the place of the column from 1 on, and the number of the reason. */
function statusOf(column: number, reason: keyof typeof TOLD): number {
  return (column + 1) * 8 + 1 + REASONS.indexOf(TOLD[reason]);
}

export interface Prepared {
  readonly body: readonly string[];
  /** Lists of words, and numbers beside words, in front of the function. */
  readonly constants: readonly string[];
}

interface Place {
  readonly syntax: Syntax;
  readonly functions: Set<RealFunction>;
  readonly column: number;
  readonly row: string | null;
  /** The text of the k-th number of the column among what the network is fed. */
  readonly number: (k: number | string) => string;
  readonly type: "real" | "int";
  readonly constants: string[];
}

/** `rows` of a window, or null. */
export function prepared(
  columns: readonly PortableColumn[],
  { inputs }: PrintedNetwork,
  rows: number | null,
  syntax: Syntax,
  functions: Set<RealFunction>,
): Prepared {
  const constants: string[] = [];
  const body = columns.flatMap((column, i) => {
    const input = inputs.find(({ name }) => name === column.place.input);
    if (input === undefined) throw new Error(`the network has no input ${column.place.input}`);
    const width = input.size / (rows ?? 1);
    const start = rows === null ? "" : `t * ${width} + `;
    const place: Place = {
      syntax,
      functions,
      column: i,
      row: rows === null ? null : "t",
      number: (k) =>
        `${input.parameter}[${start}${typeof k === "number" ? column.place.at + k : `${column.place.at} + ${k}`}]`,
      type: input.type,
      constants,
    };
    return column.kind === "number" ? numberLines(column, place) : wordLines(column, place);
  });
  return {
    body: [...(rows === null ? body : [syntax.loop("t", rows), ...body, "}"]), "return 0;"],
    constants,
  };
}

const refuse = (condition: string, status: number, { when }: Syntax) => [
  when(condition),
  `return ${status};`,
  "}",
];

function numberLines(
  column: NumberColumn,
  { syntax, functions, column: place, row, number }: Place,
): readonly string[] {
  const { missing, coding, min, max, holds } = column;
  const x = `x${place}`;
  const lines = [syntax.variable("wide", x, syntax.cell(column.name, "number", row))];
  if (missing.kind === "filled") {
    const mark = number(column.place.size - 1);
    if (missing.indicator) lines.push(`${mark} = ${syntax.real(0)};`);
    lines.push(syntax.when(`${x} != ${x}`), `${x} = ${syntax.wide(missing.by)};`);
    if (missing.indicator) lines.push(`${mark} = ${syntax.real(1)};`);
    lines.push("}");
  } else lines.push(...refuse(`${x} != ${x}`, statusOf(place, "empty"), syntax));
  lines.push(...refuse(`${x} - ${x} != 0.0`, statusOf(place, "not whole"), syntax));
  if (min !== null)
    lines.push(...refuse(`${x} < ${syntax.wide(min)}`, statusOf(place, "below the range"), syntax));
  if (max !== null)
    lines.push(...refuse(`${x} > ${syntax.wide(max)}`, statusOf(place, "above the range"), syntax));
  if (holds === "whole numbers")
    lines.push(...refuse(`${x} != ${syntax.floorWide(x)}`, statusOf(place, "not whole"), syntax));
  if (holds === "truth values")
    lines.push(
      ...refuse(
        `${x} != ${syntax.wide(0)} && ${x} != ${syntax.wide(1)}`,
        statusOf(place, "not whole"),
        syntax,
      ),
    );
  if (coding.kind !== "steps") throw new Error(`${coding.kind} is refused before`);
  lines.push(...stepLines(coding.steps, x, syntax, functions), `${number(0)} = ${syntax.narrow(x)};`);
  return lines;
}

/** One after the other on a variable of f64. */
export function stepLines(
  steps: readonly ScalingStep[],
  x: string,
  syntax: Syntax,
  functions: Set<RealFunction>,
): readonly string[] {
  return steps.flatMap((step) => stepValues(step, x, syntax, functions).map((value) => `${x} = ${value};`));
}

/** What x becomes, one behind the other: in the order and with the roundings of `carryOut`. */
function stepValues(
  step: ScalingStep,
  x: string,
  syntax: Syntax,
  functions: Set<RealFunction>,
): readonly string[] {
  switch (step.kind) {
    case "add":
      return [`${x} + ${syntax.wide(step.by)}`];
    case "subtract":
      return [`${x} - ${syntax.wide(step.by)}`];
    case "multiply":
      return [syntax.multiplyWide(x, syntax.wide(step.by))];
    case "divide":
      return [`${x} / ${syntax.wide(step.by)}`];
    case "at_least":
      return [atLeast(x, step.by, syntax)];
    case "at_most":
      return [atMost(x, step.by, syntax)];
    case "log_plus_one":
    case "exponential_minus_one":
      functions.add(step.kind);
      return [syntax.widen(syntax.call(step.kind, [syntax.narrow(x)]))];
    case "smooth_clip":
    case "smooth_unclip": {
      const { most, square } = BENDS[step.kind];
      const limit = syntax.wide(step.by);
      return [
        `${x} / ${limit}`,
        atMost(x, most, syntax),
        atLeast(x, -most, syntax),
        `${x} / ${syntax.sqrtWide(square(x, syntax))}`,
        syntax.multiplyWide(x, limit),
      ];
    }
  }
}

/** NaN stays. */
function atLeast(x: string, by: number, { pickWide, wide }: Syntax): string {
  return pickWide(`${x} < ${wide(by)}`, wide(by), x);
}

function atMost(x: string, by: number, { pickWide, wide }: Syntax): string {
  return pickWide(`${x} > ${wide(by)}`, wide(by), x);
}

/** How far t may be from 0, and what it is divided by the root of: of `clipSmoothly` and `unclipSmoothly`. */
const BENDS = {
  smooth_clip: {
    most: 2 ** 30,
    square: (t: string, { multiplyWide, wide }: Syntax) => `${multiplyWide(t, t)} + ${wide(1)}`,
  },
  smooth_unclip: {
    most: 1 - 2 ** -24,
    square: (t: string, { multiplyWide, wide }: Syntax) =>
      multiplyWide(`(${wide(1)} - ${t})`, `(${wide(1)} + ${t})`),
  },
} as const;

function wordLines(column: WordColumn, place: Place): readonly string[] {
  const { missing, coding, values } = column;
  if (coding.kind === "other") throw new Error("other encoders are refused before");
  const { syntax, column: i, row, number, constants } = place;
  const { words, rare, unknown } = coding;
  const cell = syntax.cell(column.name, "words", row);
  const [k, m] = [`k${i}`, `m${i}`];
  const list = (name: string, own: readonly string[]): string => {
    constants.push(syntax.words(name, own));
    return syntax.find(name, own.length, cell);
  };
  const lines = [
    syntax.variable("int", k, list(`words${i}`, words)),
    syntax.variable("flag", m, syntax.isEmptyWord(cell)),
  ];
  const isRare = rare.length === 0 ? "" : ` && ${list(`rare${i}`, rare)} < 0`;
  if (values !== null)
    lines.push(...refuse(`!${m} && ${list(`stated${i}`, values)} < 0`, statusOf(i, "unknown word"), syntax));
  const isUnknown = `!${m} && ${k} < 0${isRare}`;
  if (unknown === "refused") lines.push(...refuse(isUnknown, statusOf(i, "unknown word"), syntax));
  if (unknown === "missing") lines.push(syntax.when(isUnknown), `${m} = true;`, "}");
  const mark = number(column.place.size - 1);
  const [no, yes] = place.type === "real" ? [syntax.real(0), syntax.real(1)] : [syntax.int(0), syntax.int(1)];
  const hasMark = missing.kind === "filled" && missing.indicator;
  if (hasMark) lines.push(`${mark} = ${no};`);
  lines.push(syntax.when(m));
  if (missing.kind === "refused") lines.push(`return ${statusOf(i, "empty")};`);
  else lines.push(`${k} = ${syntax.int(words.indexOf(missing.kind === "filled" ? missing.by : ""))};`);
  if (hasMark) lines.push(`${mark} = ${yes};`);
  lines.push("}");
  switch (coding.kind) {
    case "one_hot":
      return [
        ...lines,
        syntax.loop(`j${i}`, words.length),
        `${number(`j${i}`)} = ${syntax.pick(`${syntax.indexToInt(`j${i}`)} == ${k}`, yes, no, place.type)};`,
        "}",
      ];
    case "index": {
      const own = syntax.pick(`${k} < 0`, syntax.int(words.length), k, "int");
      return [...lines, `${number(0)} = ${place.type === "int" ? own : syntax.intToReal(own)};`];
    }
    case "numbers": {
      const width = at(coding.rows, 0).length;
      const rows = [...coding.rows, coding.others ?? Array.from({ length: width }, () => 0)];
      constants.push(syntax.wides(`numbers${i}`, rows.flat()));
      const from = syntax.pick(`${k} < 0`, syntax.int(words.length), k, "int");
      return [
        ...lines,
        syntax.let("int", `r${i}`, from),
        ...Array.from(
          { length: width },
          (_, j) =>
            `${number(j)} = ${syntax.narrow(`${syntax.global(`numbers${i}`)}[${syntax.intToIndex(`r${i}`)} * ${width} + ${j}]`)};`,
        ),
      ];
    }
  }
}
