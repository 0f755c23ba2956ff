// The types of the features of a row: what a wrapper takes of each column.

import type { OpenColumn } from "@netwright/data";
import { count } from "@netwright/definitions";
import { sizeOf } from "@netwright/ir";
import type { CarriedInput } from "../carried-columns.ts";
import type { DescribedInput, DescribedNumber } from "../describe-column.ts";
import { sourceText } from "../wrapper/source-text.ts";
import { MOST_WORDS, property } from "./property.ts";

export function inputProperty({ open, described }: CarriedInput): string {
  const { fill } = described;
  const filled = fill === null ? "" : `${filledIn(open, fill)} where it is missing`;
  const mayLack = described.holds === "words" ? described.gaps : fill !== null;
  const comment = [aboutColumn(open, described), filled].filter((part) => part !== "").join("; ");
  const type = open.kind === "words" ? typeOfWords(open) : typeOfNumber(described);
  return property(described.name, comment, mayLack ? "?" : "", mayLack ? `${type} | null` : type);
}

function filledIn(open: OpenColumn, fill: string | number): string {
  if (typeof fill === "string") return JSON.stringify(fill);
  return open.kind === "number" && open.reading?.saved.type === "date"
    ? open.reading.spell(fill)
    : String(fill);
}

function aboutColumn(open: OpenColumn, described: DescribedInput): string {
  if (described.holds !== "words")
    return described.holds === "dates" ? aboutDates(open, described) : columnComment(described);
  if (open.coding.takes !== "words" || open.coding.check === undefined) return "";
  return `a list of ${count(sizeOf(open.coding.output.shape), "number")}`;
}

/** Without a bound of its own a column ends where the calendar does. */
function aboutDates(open: OpenColumn, { min, max }: DescribedNumber): string {
  const spell = (seconds: number | null) =>
    seconds === null || open.kind !== "number" ? null : (open.reading?.spell(seconds) ?? null);
  const [first, last] = [spell(min), spell(max)];
  const isOwn = (bound: string | null, end: string) => bound !== null && !bound.startsWith(end);
  const range = rangeOf(isOwn(first, "0001-01-01") ? first : null, isOwn(last, "9999-12-31") ? last : null);
  return ["a date", range].filter((part) => part !== "").join(", ");
}

function typeOfNumber(described: DescribedInput): string {
  if (described.holds === "dates") return "string | Date";
  if (described.holds !== "truth values") return "number";
  return described.reading === undefined ? "boolean | number" : "boolean | number | string";
}

function typeOfWords(open: Extract<OpenColumn, { kind: "words" }>): string {
  const { check, readsParts, many } = open.coding;
  if (check !== undefined) return "readonly number[] | Float32Array | Float64Array | string";
  return readsParts === true && many === undefined ? "string" : wordType(open);
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

function columnComment({ unit, min, max, holds }: DescribedNumber): string {
  if (holds === "truth values") return "";
  return [unit ?? "", holds ?? "", rangeOf(min, max)].filter((part) => part !== "").join(", ");
}

function rangeOf(min: Bound, max: Bound): string {
  const [hasMin, hasMax] = [min ?? null, max ?? null].map((bound) => bound !== null);
  if (hasMin && hasMax) return `from ${min} to ${max}`;
  return hasMin ? `at least ${min}` : hasMax ? `at most ${max}` : "";
}

type Bound = number | string | null | undefined;
