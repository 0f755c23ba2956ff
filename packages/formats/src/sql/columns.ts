// From the cells of a table to the numbers that the network takes, and what is wrong with a row that is none.

import { at } from "@netwright/definitions";
import { LARGEST_FLOAT32 } from "@netwright/ir/numerics";
import { formulasOf } from "../dense/scaling.ts";
import type { NumberColumn, PortableColumn, WordColumn } from "../model/columns.ts";
import type { PortableModel } from "../model/portable-model.ts";
import { takenWords } from "../model/taken.ts";
import { arithmeticOf, type Dialect } from "./dialects.ts";
import type { Made, Query } from "./query.ts";

export const PROBLEM = "netwright_problem";

export interface Prepared {
  /** The numbers that go into the network. */
  readonly input: Made;
  /** Where `PROBLEM` stands. */
  readonly checked: Made;
}

export function prepared(query: Query, dialect: Dialect, { columns, missingWords }: PortableModel): Prepared {
  const cells = query.step(
    "cells as numbers and texts; NULL where they are missing",
    [],
    columns.map((column) => cell(dialect, column, missingWords)),
  );
  const filled = query.step(
    "what stands for a missing one",
    [cells],
    columns.map((column, i) => fill(dialect, column, at(cells.columns, i))),
  );
  const problems = columns.flatMap((column, i) => problemsOf(dialect, column, at(filled.columns, i)));
  const checked = query.step(
    "whether the model takes them, the first thing that is wrong",
    [filled],
    [],
    [
      [
        PROBLEM,
        problems.length === 0 ? "null" : `case\n      ${problems.join("\n      ")}\n      else null end`,
      ],
    ],
  );
  return { checked, input: scaled(query, dialect, columns, cells, filled) };
}

function cell(dialect: Dialect, column: PortableColumn, missingWords: readonly string[]): string {
  const { text, name, infinity, number } = dialect;
  const own = name(column.name);
  if (column.kind === "words") {
    const missing = [...new Set(["", ...missingWords])].map(text).join(", ");
    const value = dialect.textCell(own);
    return `case when ${value} in (${missing}) then null else ${value} end`;
  }
  if (column.holds === "truth values") {
    const value = dialect.textCell(own);
    const [yes, no] = [
      ["true", "1", "1.0"],
      ["false", "0", "0.0"],
    ].map((words) => words.map(text).join(", "));
    return `case when ${value} in (${yes}) then ${number(1)} when ${value} in (${no}) then ${number(0)} when ${value} is null or ${value} = '' then null else ${infinity} end`;
  }
  const value = dialect.numberCell(own);
  const sentinels = missingWords.filter((word) => word.trim() !== "" && Number.isFinite(Number(word)));
  return sentinels.reduce((sofar, word) => `nullif(${sofar}, ${number(Number(word))})`, value);
}

function fill(dialect: Dialect, column: PortableColumn, cellName: string): string {
  const { missing } = column;
  if (column.kind === "number")
    return missing.kind === "filled" && typeof missing.by === "number"
      ? `coalesce(${cellName}, ${dialect.number(missing.by)})`
      : cellName;
  const instead =
    missing.kind === "filled" ? dialect.text(String(missing.by)) : missing.kind === "own_word" ? "''" : null;
  if (instead === null)
    return isMissing(dialect, column, cellName) === `${cellName} is null`
      ? cellName
      : `case when ${isMissing(dialect, column, cellName)} then null else ${cellName} end`;
  return `case when ${isMissing(dialect, column, cellName)} then ${instead} else ${cellName} end`;
}

/** Of the cell, before anything stands for it. */
function isMissing({ text }: Dialect, column: PortableColumn, cellName: string): string {
  const empty = `${cellName} is null`;
  if (column.kind === "number" || column.coding.kind === "other" || column.coding.unknown !== "missing")
    return empty;
  const known = [...column.coding.words, ...column.coding.rare].map(text).join(", ");
  return `${empty} or ${cellName} not in (${known})`;
}

/** Of the value behind that: branches of a `case`. */
function problemsOf(dialect: Dialect, column: PortableColumn, value: string): readonly string[] {
  const branch = (test: string, words: string) =>
    `when ${test} then ${dialect.text(`${column.name} ${words}`)}`;
  const empty = branch(`${value} is null`, "is empty");
  if (column.kind === "number") return [empty, ...numberProblems(dialect, column, value, branch)];
  const taken = takenWords(column);
  return [
    empty,
    ...(taken === null
      ? []
      : [
          branch(
            `${value} not in (${taken.map(dialect.text).join(", ")})`,
            "has a word that the model does not know",
          ),
        ]),
  ];
}

function numberProblems(
  { number }: Dialect,
  { min, max, holds, coding }: NumberColumn,
  value: string,
  branch: (test: string, words: string) => string,
): readonly string[] {
  const isLogarithm = coding.kind === "steps" && coding.steps[0]?.kind === "log_plus_one";
  return [
    branch(
      `${value} > ${number(LARGEST_FLOAT32)} or ${value} < ${number(-LARGEST_FLOAT32)}`,
      holds === "truth values" ? "is neither true nor false" : "is no number, or too large",
    ),
    ...(min === null ? [] : [branch(`${value} < ${number(min)}`, `is below ${min}`)]),
    ...(max === null ? [] : [branch(`${value} > ${number(max)}`, `is above ${max}`)]),
    ...(holds === "whole numbers" ? [branch(`${value} <> floor(${value})`, "is no whole number")] : []),
    ...(isLogarithm ? [branch(`${value} <= ${number(-1)}`, "is not above -1")] : []),
  ];
}

/** Steps of a scaling one behind the other, as long as any column has one; words are numbers at the first. */
function scaled(
  query: Query,
  dialect: Dialect,
  columns: readonly PortableColumn[],
  cells: Made,
  filled: Made,
): Made {
  const arithmetic = arithmeticOf(dialect);
  const parts = columns
    .flatMap((column, i) => {
      const formulas =
        column.kind === "number" && column.coding.kind === "steps"
          ? formulasOf(arithmetic, column.coding.steps)
          : [];
      const own = at(filled.columns, i);
      const values = column.kind === "number" ? [own] : wordNumbers(dialect, column, own);
      const missing = column.missing.kind === "filled" && column.missing.indicator;
      const indicator = `case when ${isMissing(dialect, column, at(cells.columns, i))} then ${dialect.number(1)} else ${dialect.number(0)} end`;
      return [
        ...values.map((value, j) => ({ value, place: column.place.at + j, formulas })),
        ...(missing ? [{ value: indicator, place: column.place.at + values.length, formulas: [] }] : []),
      ];
    })
    .sort((a, b) => a.place - b.place);
  const rounds = Math.max(1, ...parts.map(({ formulas }) => formulas.length));
  let made: Made | null = null;
  for (let round = 0; round < rounds; round++) {
    const before: Made | null = made;
    const values = parts.map(({ value, formulas }, i) => {
      const x = before === null ? value : at(before.columns, i);
      return formulas[round]?.(x) ?? x;
    });
    made = query.step("the numbers of the network", before === null ? [filled, cells] : [before], values);
  }
  if (made === null) throw new Error("a network takes a number");
  return made;
}

function wordNumbers({ text, number }: Dialect, { coding }: WordColumn, word: string): readonly string[] {
  switch (coding.kind) {
    case "one_hot":
      return coding.words.map(
        (one) => `case when ${word} = ${text(one)} then ${number(1)} else ${number(0)} end`,
      );
    case "numbers": {
      const { rows, others, words } = coding;
      return (rows[0] ?? []).map((_, j) => {
        const known = words.map((one, i) => `when ${text(one)} then ${number(at(at(rows, i), j))}`);
        return `case ${word} ${known.join(" ")} else ${others === null ? "null" : number(at(others, j))} end`;
      });
    }
    case "index":
    case "other":
      throw new Error(`${coding.kind} is refused`);
  }
}
