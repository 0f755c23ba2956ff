// From the cells of a row to what the network is fed, as strict as a prediction of Netwright: a status other than 0 says which
// column is wrong, and how.

import { at } from "@netwright/ir";
import type { NumberColumn, PortableColumn, WordColumn } from "../model/columns.ts";
import type { RefusedRow } from "../model/samples.ts";
import { type NumberPlace, numberCodingLines } from "./number-codings.ts";
import type { PrintedNetwork } from "./program.ts";
import type { RealFunction, Syntax } from "./syntax.ts";
import type { WideFunction } from "./wide-functions.ts";

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
  readonly wideFunctions: ReadonlySet<WideFunction>;
}

interface Place extends NumberPlace {
  readonly row: string | null;
  readonly type: "real" | "int";
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
  const wideFunctions = new Set<WideFunction>();
  const body = columns.flatMap((column, i) => {
    const input = inputs.find(({ name }) => name === column.place.input);
    if (input === undefined) throw new Error(`the network has no input ${column.place.input}`);
    const width = input.size / (rows ?? 1);
    const start = rows === null ? "" : `t * ${width} + `;
    const place: Place = {
      syntax,
      functions,
      wideFunctions,
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
    wideFunctions,
  };
}

const refuse = (condition: string, status: number, { when }: Syntax) => [
  when(condition),
  `return ${status};`,
  "}",
];

function numberLines(column: NumberColumn, own: Place): readonly string[] {
  const { syntax, column: place, row, number } = own;
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
  return [...lines, ...numberCodingLines(coding, x, own)];
}

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
