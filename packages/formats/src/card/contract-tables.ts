// The contract of a model as tables of Markdown.

import { FIRST_SECOND, LAST_SECOND, spellDate } from "@netwright/data";
import type { Missing, PortableColumn } from "../model/columns.ts";
import type { NumberOutput, PortableOutputs } from "../model/outputs.ts";
import type { PortableModel } from "../model/portable-model.ts";
import { cell, code, table } from "./markdown.ts";

const MOST_WORDS = 20;

export function inputTable({ columns }: Pick<PortableModel, "columns">): string {
  return table(
    ["column", "holds", "unit", "range", "an empty cell", "becomes"],
    columns.map((column) => [
      code(column.name),
      holds(column),
      column.kind === "number" && column.unit !== null ? cell(column.unit) : "",
      rangeOf(column),
      empty(column.missing),
      column.coding.kind === "other" ? code(column.coding.encoder) : BECOMES[column.coding.kind],
    ]),
  );
}

/** In words of people who know tables, where no name of an encoder says it. */
const BECOMES = {
  steps: "a scaled number",
  bins: "`piecewise_linear`",
  waves: "`periodic`",
  ranks: "`quantile`",
  one_hot: "`one_hot`",
  index: "an index",
  numbers: "numbers of each word",
} as const satisfies Readonly<Record<Exclude<PortableColumn["coding"]["kind"], "other">, string>>;

function holds(column: PortableColumn): string {
  if (column.kind === "number") return column.holds;
  const { coding } = column;
  if (coding.kind === "other") return "text";
  const words = coding.words.filter((word) => word !== "");
  const more = words.length > MOST_WORDS ? `, and ${words.length - MOST_WORDS} more` : "";
  return `${words.slice(0, MOST_WORDS).map(code).join(", ")}${more}; another word is ${ANOTHER[coding.unknown]}`;
}

const ANOTHER = { refused: "refused", others: "none of these", missing: "a missing value" } as const;

/** Of dates the days, and nothing where any is taken. */
function rangeOf(column: PortableColumn): string {
  if (column.kind !== "number") return "";
  const { min, max, holds: kind } = column;
  if (kind !== "dates") return range({ min, max });
  const spelled = (bound: number | null, any: number) =>
    bound === null || bound === any ? null : spellDate(bound);
  return range({ min: spelled(min, FIRST_SECOND), max: spelled(max, LAST_SECOND) });
}

function range({
  min,
  max,
}: {
  readonly min: number | string | null;
  readonly max: number | string | null;
}): string {
  if (min === null && max === null) return "";
  if (max === null) return `from ${min}`;
  return min === null ? `to ${max}` : `${min} to ${max}`;
}

function empty(missing: Missing<number | string>): string {
  switch (missing.kind) {
    case "refused":
      return "refused";
    case "own_word":
      return "a word of its own";
    case "filled":
      return `taken as ${typeof missing.by === "number" ? missing.by : code(missing.by)}`;
  }
}

export function outputTable(outputs: PortableOutputs): string {
  switch (outputs.kind) {
    case "numbers":
      return numbersTable(outputs.columns);
    case "quantiles":
      return [
        numbersTable([outputs.column]),
        `Of it the quantiles ${outputs.levels.join(", ")}; the prediction is that of ${outputs.levels[outputs.middle]}.`,
      ].join("\n\n");
    case "classes":
      return [
        `One of the classes ${outputs.words.map(code).join(", ")} of ${code(outputs.name)}${outputs.probabilities ? ", with the probability of each" : ""}.`,
        ...(outputs.threshold === null
          ? []
          : [`The second of them is predicted from a probability of ${outputs.threshold} on.`]),
      ].join(" ");
    case "labels":
      return `Any of the labels ${outputs.words.map(code).join(", ")} of ${code(outputs.name)}, with the probability of each.`;
  }
}

function numbersTable(columns: readonly NumberOutput[]): string {
  return table(
    ["column", "unit", "range of the target"],
    columns.map(({ name, unit, min, max }) => [
      code(name),
      unit === null ? "" : cell(unit),
      range({ min, max }),
    ]),
  );
}
