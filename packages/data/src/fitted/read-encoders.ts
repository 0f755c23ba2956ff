// Fitted encoders to JSON and back. What is read is checked in full: a bundle may have been edited or damaged.

import { isObject, type MadeImage, quote, sameShape } from "@netwright/definitions";
import {
  count,
  either,
  fits,
  list,
  nullable,
  number,
  object,
  oneOf,
  text,
  where,
} from "@netwright/definitions/json";
import { type DayOrder, dayOrders } from "../dates/read-date.ts";
import { encoders } from "../preprocess/encoders.ts";
import { type DataProblem, error } from "../problem/problem.ts";
import type { SavedWindow } from "../series/window-plan.ts";
import { unreadable } from "./damage.ts";
import {
  ENCODERS_FORMAT,
  ENCODERS_VERSION,
  type FittedColumn,
  type FittedEncoders,
  fittedEncoders,
  type WeightRule,
} from "./fitted-encoders.ts";
import { isListOfText, readColumn } from "./read-column.ts";

export type EncodersResult =
  | { readonly encoders: FittedEncoders }
  | { readonly problems: readonly DataProblem[] };

/** One line of JSON. Numbers survive exactly: JSON writes the shortest text that reads back as the same. */
export function writeEncoders(encoders: FittedEncoders): string {
  return JSON.stringify(encoders);
}

/** The text that `writeEncoders` gave. */
export function readEncoders(text: string): EncodersResult {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return { problems: [unreadable("they are not valid JSON")] };
  }
  return checkEncoders(value);
}

/** The same for a value that is parsed already, as part of a larger document. */
export function checkEncoders(value: unknown): EncodersResult {
  if (!isObject(value) || value["format"] !== ENCODERS_FORMAT) {
    return { problems: [unreadable(`they do not say \`"format": "${ENCODERS_FORMAT}"\``)] };
  }
  const { version } = value;
  if (typeof version === "number" && version > ENCODERS_VERSION) {
    const message = `The saved encoders have version ${version}; this release reads up to version ${ENCODERS_VERSION}.`;
    return {
      problems: [
        error("NW0661", message, { notes: ["Use the release that saved the model, or a newer one."] }),
      ],
    };
  }
  if (
    version !== 1 &&
    version !== 2 &&
    version !== 3 &&
    version !== 4 &&
    version !== 5 &&
    version !== 6 &&
    version !== ENCODERS_VERSION
  )
    return { problems: [unreadable("their version is not a number that exists")] };
  const features = readColumns(value["features"], "features", version);
  const target = readColumns(value["target"], "target", version);
  const { unused = [], weight = null, window = null } = value;
  const problems = [...features.problems, ...target.problems];
  if (!isListOfText(unused)) problems.push(unreadable("`unused` is not a list of names"));
  if (!isWeightRule(weight)) problems.push(unreadable("`weight` is damaged"));
  if (!isWindow(window)) problems.push(unreadable("`window` is damaged"));
  if (problems.length === 0)
    problems.push(...contradictions(features.columns, target.columns, window !== null));
  if (problems.length > 0 || !isListOfText(unused) || !isWeightRule(weight) || !isWindow(window))
    return { problems };
  return { encoders: fittedEncoders(features.columns, target.columns, unused, weight, window) };
}

const positive = where(count, "a whole number of at least 1", (n) => n >= 1);
const above0 = where(number, "a number above 0", (x) => x > 0);

const savedWindow = object<SavedWindow>({
  length: positive,
  horizon: positive,
  order: text,
  by: list(text),
  time: either<["number", { readonly format: DayOrder | null }]>(
    "a kind of time",
    oneOf("number"),
    object({ format: nullable(oneOf(...dayOrders)) }),
  ),
  step: nullable(
    either<[{ readonly size: number }, { readonly months: number }]>(
      "a step",
      object({ size: above0 }),
      object({ months: positive }),
    ),
  ),
  season: nullable(positive),
});

function isWindow(value: unknown): value is SavedWindow | null {
  return value === null || fits(value, savedWindow);
}

function isWeightRule(value: unknown): value is WeightRule | null {
  if (value === null || value === "balanced") return true;
  return isObject(value) && typeof value["column"] === "string" && value["column"] !== "";
}

function readColumns(
  value: unknown,
  key: "features" | "target",
  version: number,
): { columns: FittedColumn[]; problems: DataProblem[] } {
  const columns: FittedColumn[] = [];
  const problems: DataProblem[] = [];
  if (!Array.isArray(value) || value.length === 0) {
    return { columns, problems: [unreadable(`\`${key}\` is not a list of columns`)] };
  }
  for (const [i, item] of value.entries()) {
    const column = readColumn(item, version);
    if (typeof column === "string") problems.push(unreadable(`${key}[${i}]: ${column}`));
    else columns.push(column);
    // The first ones say what kind of file it is.
    if (problems.length === MOST_PROBLEMS) break;
  }
  const names = new Set<string>();
  for (const { name } of columns) {
    if (names.has(name)) problems.push(unreadable(`\`${key}\` has column ${quote(name)} twice`));
    if (problems.length === MOST_PROBLEMS) break;
    names.add(name);
  }
  return { columns, problems };
}

const MOST_PROBLEMS = 5;

/** What no training learns, though each column is sound. */
function contradictions(
  features: readonly FittedColumn[],
  target: readonly FittedColumn[],
  isOfSeries: boolean,
): readonly DataProblem[] {
  const names = new Set(features.map(({ name }) => name));
  const both = target.find(({ name }) => names.has(name));
  // Of a series the past of a target is a feature.
  if (both !== undefined && !isOfSeries)
    return [unreadable(`column ${quote(both.name)} is both feature and target`)];
  const torn = tornImage(features) ?? (target.some((column) => imageOf(column)) ? "a target" : null);
  if (torn !== null) return [unreadable(`the pixels of ${torn} are no image`)];
  const words = target.filter(({ kind }) => kind === "words");
  if (words.length > 0 && target.length > 1)
    return [unreadable("`target` has classes beside another column")];
  const other = target.find(({ encoder, params }) => {
    const coding = encoders.get(encoder)?.open(params, encoders);
    return coding?.takes === "number" && coding.scaling === null;
  });
  return other === undefined ? [] : [unreadable(`target ${quote(other.name)} cannot be scaled back`)];
}

function imageOf(column: FittedColumn | undefined): MadeImage | undefined {
  return column?.kind === "number" ? column.image : undefined;
}

/** The name of an image that lacks pixels, or whose pixels stand apart; null where there is none. */
function tornImage(features: readonly FittedColumn[]): string | null {
  const names = new Set(features.map(({ name }) => name));
  for (let start = 0; start < features.length; ) {
    const image = imageOf(features[start]);
    if (image === undefined) {
      start++;
      continue;
    }
    const end = start + image.shape.reduce((product, size) => product * size, 1);
    const pixels = features.slice(start, end).map(imageOf);
    const isWhole =
      end <= features.length &&
      pixels.every((one) => one?.name === image.name && sameShape(one.shape, image.shape));
    if (!isWhole || names.has(image.name)) return quote(image.name);
    names.add(image.name);
    start = end;
  }
  return null;
}
