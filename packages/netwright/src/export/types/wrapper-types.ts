// The types of the wrapper: the columns of one model by name, with unit and range, words and classes. Self-contained, so
// that they check with any `lib`.

import type { CarriedColumns } from "../carried-columns.ts";
import type { DescribedInput } from "../describe-column.ts";
import type { ModelDescription } from "../describe-model.ts";
import { besideProperties, outputProperties } from "./prediction-types.ts";
import { safe } from "./property.ts";
import { inputProperty } from "./row-types.ts";

export function wrapperTypes(
  { name, inputs, outputs }: ModelDescription,
  file: string,
  columns: CarriedColumns,
): string {
  const hasWords = inputs.some(({ holds }) => holds === "words");
  const hasClasses = outputs.some((output) => "classes" in output);
  const hasQuantiles = outputs.some((output) => "quantiles" in output);
  const isRead = hasWords || inputs.some((column) => column.holds !== "words" && column.size !== undefined);
  return `/** The features of ${safe(name)}. */
export interface Row {
${columns.inputs.map(inputProperty).join("")}}

export interface Prediction {
${outputs.map(outputProperties).join("")}${besideProperties(outputs)}}

export interface Column {
  readonly name: string;
  readonly unit: string | null;
  readonly min: number | null;
  readonly max: number | null;
  readonly holds?: "whole numbers" | "truth values"${hasDates(inputs) ? ' | "dates"' : ""};
}
${hasWords ? WORD_COLUMN : ""}${hasClasses ? CLASS_COLUMN : ""}${hasQuantiles ? QUANTILE_COLUMN : ""}
export interface Model {
  /** In the order of the columns; \`fill\` stands for a missing value, where one may be missing. */
  readonly inputs: readonly ${hasWords ? "((Column & { readonly fill: number | null }) | WordColumn)" : "(Column & { readonly fill: number | null })"}[];
  readonly outputs: readonly ${hasClasses ? "ClassColumn" : hasQuantiles ? "QuantileColumn" : "Column"}[];
  /** @throws TypeError or RangeError for a value that is missing, ${isRead ? "not to be read" : "no number"}, or out of range${isRead ? "; its `code` is that of the package" : ""} */
  predict(row: Row): Prediction;
  /** In the same order; errors name the row, counted from ${isRead ? 1 : 0}. */
  predictMany(rows: readonly Row[]): Prediction[];
}

/**
 * Opens ${safe(file)} from beside this file, or from \`source\`: a URL, a Response, the bytes, or a WebAssembly.Module
 * made of them. These types are not in every \`lib\`.
 */
export function load(source?: string | object): Promise<Model>;
`;
}

const WORD_COLUMN = `
export interface WordColumn {
  readonly name: string;
  readonly holds: "words";
  /** Those that the model states. */
  readonly values: readonly string[] | null;
  readonly fill: string | null;
}
`;

const QUANTILE_COLUMN = `
export interface QuantileColumn extends Column {
  readonly quantiles: readonly number[];
  /** The place of that nearest to the median, which is the prediction. */
  readonly middle: number;
}
`;

const CLASS_COLUMN = `
export interface ClassColumn {
  readonly name: string;
  readonly classes: readonly string[];
  /** Whether a prediction has a probability of each. */
  readonly probabilities: boolean;
  /** From which probability on the second of two is predicted; null where the likelier one is. */
  readonly threshold: number | null;
  /** Stands between labels; null where one class is predicted. */
  readonly separator: string | null;
  /** By which probabilities are brought in line, where they are. */
  readonly temperature?: number;
  /** The least probability of a class in the set beside a prediction, where there is one. */
  readonly set?: { readonly share: number; readonly least: number };
}
`;

function hasDates(inputs: readonly DescribedInput[]): boolean {
  return inputs.some(({ holds }) => holds === "dates");
}
