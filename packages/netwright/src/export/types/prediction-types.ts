// The types of what is predicted for a row.

import type {
  DescribedClasses,
  DescribedColumn,
  DescribedOutput,
  DescribedQuantiles,
} from "../describe-column.ts";
import { sourceText } from "../wrapper/source-text.ts";
import { keyOf, MOST_WORDS, property } from "./property.ts";

/** What stands beside the predictions of all targets. */
export function besideProperties(outputs: readonly DescribedOutput[]): string {
  const names = outputs.map(({ name }) => name);
  const [first] = outputs;
  if (first !== undefined && "classes" in first) {
    const { set, classes } = first;
    const word = classes.length > MOST_WORDS ? "string" : classes.map((one) => sourceText(one)).join(" | ");
    return set === undefined || first.name === "set"
      ? ""
      : property("set", `${percent(set.share)} of rows have one of these`, "", `readonly (${word})[]`);
  }
  return spreadProperty(outputs, names) + intervalProperty(first, names);
}

function spreadProperty(outputs: readonly DescribedOutput[], names: readonly string[]): string {
  if (names.includes("spread") || !outputs.some((output) => "spread" in output)) return "";
  const all = names.map((name) => `readonly ${keyOf(name)}: number`).join("; ");
  return property("spread", "how far targets spread around what is predicted", "", `{ ${all} }`);
}

function intervalProperty(first: DescribedOutput | undefined, names: readonly string[]): string {
  if (
    first === undefined ||
    !("interval" in first) ||
    first.interval === undefined ||
    names.includes("interval")
  )
    return "";
  const ends = "readonly [lower: number, upper: number]";
  const type =
    names.length === 1 ? ends : `{ ${names.map((name) => `readonly ${keyOf(name)}: ${ends}`).join("; ")} }`;
  return property("interval", `${percent(first.interval.share)} of rows lie within`, "", type);
}

function percent(share: number): string {
  return `${Number((100 * share).toPrecision(12))}%`;
}

export function outputProperties(output: DescribedOutput): string {
  if ("classes" in output) return classProperties(output);
  return "quantiles" in output ? quantileProperties(output) : outputProperty(output);
}

function quantileProperties(output: DescribedQuantiles): string {
  const all = output.quantiles.map((level) => `readonly ${JSON.stringify(String(level))}: number`).join("; ");
  const own = outputProperty(output);
  return output.name === "quantiles" ? own : own + property("quantiles", "by their levels", "", `{ ${all} }`);
}

function classProperties({ name, classes, probabilities, separator }: DescribedClasses): string {
  const isOpen = separator !== null || classes.length > MOST_WORDS;
  const type = isOpen ? "string" : classes.map((word) => sourceText(word)).join(" | ");
  const shares =
    classes.length > MOST_WORDS
      ? "{ readonly [word: string]: number }"
      : `{ ${classes.map((word) => `readonly ${keyOf(word)}: number`).join("; ")} }`;
  const label = property(name, separator === null ? "" : `labels, with ${separator} between them`, "", type);
  return name === "probabilities" || !probabilities
    ? label
    : label + property("probabilities", "", "", shares);
}

function outputProperty({ name, unit }: DescribedColumn): string {
  return property(name, unit ?? "", "", "number");
}
