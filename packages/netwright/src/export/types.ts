// The types of the wrapper: the columns of one model by name, with unit and range. Self-contained, so that they
// check with any `lib`.

import type { DescribedColumn, DescribedInput, ModelDescription } from "./describe-model.ts";

export function wrapperTypes({ name, inputs, outputs }: ModelDescription, file: string): string {
  return `/** The features of ${safe(name)}. */
export interface Row {
${inputs.map(inputProperty).join("")}}

export interface Prediction {
${outputs.map(outputProperty).join("")}}

export interface Column {
  readonly name: string;
  readonly unit: string | null;
  readonly min: number | null;
  readonly max: number | null;
  readonly holds?: "whole numbers" | "truth values";
}

export interface Model {
  /** In the order of the columns; \`fill\` stands for a missing value, where one may be missing. */
  readonly inputs: readonly (Column & { readonly fill: number | null })[];
  readonly outputs: readonly Column[];
  /** @throws TypeError or RangeError for a value that is missing, no number, or out of range */
  predict(row: Row): Prediction;
  /** In the same order; errors name the row, counted from 0. */
  predictMany(rows: readonly Row[]): Prediction[];
}

/**
 * Opens ${safe(file)} from beside this file, or from \`source\`: a URL, a Response, the bytes, or a WebAssembly.Module
 * made of them. These types are not in every \`lib\`.
 */
export function load(source?: string | object): Promise<Model>;
`;
}

function inputProperty(column: DescribedInput): string {
  const filled = column.fill === null ? "" : `${column.fill} where it is missing`;
  const comment = [columnComment(column), filled].filter((part) => part !== "").join("; ");
  const type = column.holds === "truth values" ? "boolean | number" : "number";
  return property(
    column,
    comment,
    column.fill === null ? "" : "?",
    column.fill === null ? type : `${type} | null`,
  );
}

function outputProperty(column: DescribedColumn): string {
  return property(column, column.unit ?? "", "", "number");
}

function columnComment({ unit, min, max, holds }: DescribedColumn): string {
  if (holds === "truth values") return "";
  const range =
    min !== null && max !== null
      ? `from ${min} to ${max}`
      : min !== null
        ? `at least ${min}`
        : max !== null
          ? `at most ${max}`
          : "";
  return [unit ?? "", holds ?? "", range].filter((part) => part !== "").join(", ");
}

function property({ name }: DescribedColumn, comment: string, mark: string, type: string): string {
  const key = /^[A-Za-z_$][\w$]*$/.test(name) ? name : JSON.stringify(name);
  const line = comment === "" ? "" : `  /** ${safe(comment)} */\n`;
  return `${line}  readonly ${key}${mark}: ${type};\n`;
}

/** On one line, and ending no comment. */
function safe(text: string): string {
  return text.replace(/\s+/g, " ").replaceAll("*/", "* /");
}
