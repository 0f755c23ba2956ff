// The types of the wrapper: the columns of one model by name, with unit and range, words and classes. Self-contained, so
// that they check with any `lib`.

import type { CarriedColumns, CarriedInput } from "./carried-columns.ts";
import type { DescribedClasses, DescribedColumn, DescribedNumber } from "./describe-column.ts";
import type { ModelDescription } from "./describe-model.ts";
import { oneLine, sourceText } from "./wrapper/source-text.ts";

export function wrapperTypes(
  { name, inputs, outputs }: ModelDescription,
  file: string,
  columns: CarriedColumns,
): string {
  const hasWords = inputs.some(({ holds }) => holds === "words");
  const hasClasses = outputs.some((output) => "classes" in output);
  return `/** The features of ${safe(name)}. */
export interface Row {
${columns.inputs.map(inputProperty).join("")}}

export interface Prediction {
${outputs.map((output) => ("classes" in output ? classProperties(output) : outputProperty(output))).join("")}}

export interface Column {
  readonly name: string;
  readonly unit: string | null;
  readonly min: number | null;
  readonly max: number | null;
  readonly holds?: "whole numbers" | "truth values";
}
${hasWords ? WORD_COLUMN : ""}${hasClasses ? CLASS_COLUMN : ""}
export interface Model {
  /** In the order of the columns; \`fill\` stands for a missing value, where one may be missing. */
  readonly inputs: readonly ${hasWords ? "((Column & { readonly fill: number | null }) | WordColumn)" : "(Column & { readonly fill: number | null })"}[];
  readonly outputs: readonly ${hasClasses ? "ClassColumn" : "Column"}[];
  /** @throws TypeError or RangeError for a value that is missing, ${hasWords ? "of another type" : "no number"}, or out of range */
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

const WORD_COLUMN = `
export interface WordColumn {
  readonly name: string;
  readonly holds: "words";
  /** Those that the model states. */
  readonly values: readonly string[] | null;
  readonly fill: string | null;
}
`;

const CLASS_COLUMN = `
export interface ClassColumn {
  readonly name: string;
  readonly classes: readonly string[];
  /** From which probability on the second of two is predicted; null where the likelier one is. */
  readonly threshold: number | null;
  /** Stands between labels; null where one class is predicted. */
  readonly separator: string | null;
}
`;

/** More are any text: a checker of types takes long for them. */
const MOST_WORDS = 1000;

function inputProperty({ open, described }: CarriedInput): string {
  const { fill } = described;
  const filled =
    fill === null ? "" : `${typeof fill === "string" ? JSON.stringify(fill) : fill} where it is missing`;
  const mayLack = described.holds === "words" ? described.gaps : fill !== null;
  const own = described.holds === "words" ? "" : columnComment(described);
  const comment = [own, filled].filter((part) => part !== "").join("; ");
  const type =
    open.kind === "words"
      ? wordType(open)
      : described.holds === "truth values"
        ? "boolean | number"
        : "number";
  return property(described.name, comment, mayLack ? "?" : "", mayLack ? `${type} | null` : type);
}

/** A union where another word would be an error. */
function wordType({ coding, fitted, policy }: Extract<CarriedInput["open"], { kind: "words" }>): string {
  const { rare } = fitted.params;
  const known = [...coding.words, ...(Array.isArray(rare) ? rare : [])].filter(
    (word): word is string => typeof word === "string" && word !== "" && coding.knows(word),
  );
  const takesGaps = fitted.missing.fill !== null || policy.asWord;
  const isClosed = coding.unknown === "error" || (coding.unknown === "missing" && !takesGaps);
  const words = isClosed ? known : fitted.contract.values;
  const isOpen = words === null || coding.many !== undefined || words.length > MOST_WORDS;
  return isOpen ? "string | number | boolean" : words.map(spellings).join(" | ");
}

/** A word, and what else reads as it. */
function spellings(word: string): string {
  const value = Number(word);
  const others = [
    ...(Number.isFinite(value) && String(value) === word ? [word] : []),
    ...(word === "true" || word === "false" ? [word] : []),
  ];
  return [sourceText(word), ...others].join(" | ");
}

function classProperties({ name, classes, separator, shares: given }: DescribedClasses): string {
  const isOpen = separator !== null || classes.length > MOST_WORDS;
  const type = isOpen ? "string" : classes.map((word) => sourceText(word)).join(" | ");
  const shares =
    classes.length > MOST_WORDS
      ? "{ readonly [word: string]: number }"
      : `{ ${classes.map((word) => `readonly ${keyOf(word)}: number`).join("; ")} }`;
  const label = property(name, separator === null ? "" : `labels, with ${separator} between them`, "", type);
  return name === "probabilities" || given === false
    ? label
    : label + property("probabilities", "", "", shares);
}

function outputProperty({ name, unit }: DescribedColumn): string {
  return property(name, unit ?? "", "", "number");
}

function columnComment({ unit, min, max, holds }: DescribedNumber): string {
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

function property(name: string, comment: string, mark: string, type: string): string {
  const line = comment === "" ? "" : `  /** ${safe(comment)} */\n`;
  return `${line}  readonly ${keyOf(name)}${mark}: ${type};\n`;
}

function keyOf(name: string): string {
  return /^[A-Za-z_$][\w$]*$/.test(name) ? name : sourceText(name);
}

/** On one line, and ending no comment. */
function safe(text: string): string {
  return oneLine(text).replaceAll("*/", "* /");
}
