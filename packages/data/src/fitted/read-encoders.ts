// Fitted encoders to JSON and back. What is read is checked in full: a bundle may have been edited or damaged.

import { type ColumnKind, isObject, type MadeImage, quote, sameShape } from "@netwright/definitions";
import {
  count,
  either,
  fits,
  flag,
  list,
  nullable,
  number,
  object,
  oneOf,
  optional,
  text,
  where,
} from "@netwright/definitions/json";
import { columnTypes } from "../columns/table.ts";
import { type DayOrder, dayOrders } from "../dates/read-date.ts";
import { fillsIn, type MissingRule } from "../missing/policy.ts";
import { missingPolicies } from "../missing/table.ts";
import type { Coding } from "../preprocess/encoder.ts";
import { encoders } from "../preprocess/encoders.ts";
import { scaleNames } from "../preprocess/inner-scale.ts";
import { type DataProblem, error } from "../problem/problem.ts";
import type { SavedReading } from "../reading/cell-reading.ts";
import { openReading } from "../reading/open-reading.ts";
import type { SavedWindow } from "../series/window-plan.ts";
import type { SavedInterval, SavedSet } from "../uncertainty/saved-interval.ts";
import type { NumberContract, WordContract } from "./contract.ts";
import { distribution } from "./distribution.ts";
import {
  ENCODERS_FORMAT,
  ENCODERS_VERSION,
  type FittedColumn,
  type FittedEncoders,
  fittedEncoders,
  type SeenValues,
  type SeenWords,
  type ValueRange,
  type WeightRule,
} from "./fitted-encoders.ts";

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

/** How a definition is called. */
const NAME = /^[A-Za-z_]\w*$/;

/**
 * The column, or what is wrong with it. Encoders and policies that Netwright has not are whoever's trained the model:
 * `openEncoders` looks at them, once there is a catalog that has them.
 */
function readColumn(value: unknown, version: number): FittedColumn | string {
  if (!isObject(value)) return "not an object";
  const { name, encoder, params } = value;
  const kind = version === 1 ? "number" : value["kind"];
  if (typeof name !== "string" || name === "") return "no `name`";
  if (typeof encoder !== "string" || !isObject(params)) return "no `encoder` with `params`";
  if (!NAME.test(encoder) || (kind !== "number" && kind !== "words")) return `${quote(name)} is damaged`;
  // What has a scale inside of it that Netwright has not cannot be looked at here.
  const known = scaleNames(params).every((scale) => encoders.has(scale)) ? encoders.get(encoder) : undefined;
  const coding = known?.open(params, encoders) ?? null;
  if (known !== undefined && coding?.takes !== kind) return damagedParams(encoder);
  const common = { name, encoder, params };
  if (kind === "words") {
    const missing = readMissing(value["missing"], kind, isWord);
    if (missing === null) return "`missing` is damaged";
    const contract = readWordContract(value["contract"]);
    if (contract === null) return "`contract` is damaged";
    const { seen } = value;
    if (seen !== undefined && !isSeenWords(seen)) return "`seen` is damaged";
    if (coding?.takes === "words" && !fitsWords(seen, coding.words)) return "`seen` is damaged";
    const { threshold, set, temperature } = value;
    if (threshold !== undefined && !isThreshold(threshold, coding)) return "`threshold` is damaged";
    if (temperature !== undefined && !(isNumber(temperature) && temperature > 0))
      return "`temperature` is damaged";
    if (set !== undefined && !isSet(set)) return "`set` is damaged";
    return {
      kind: "words",
      ...common,
      missing,
      contract,
      ...(seen === undefined ? {} : { seen }),
      ...(threshold === undefined ? {} : { threshold }),
      ...(temperature === undefined ? {} : { temperature }),
      ...(set === undefined ? {} : { set }),
    };
  }
  const missing = readMissing(value["missing"], kind, isNumber);
  if (missing === null) return "`missing` is damaged";
  const contract = readNumberContract(value["contract"]);
  if (contract === null) return "`contract` is damaged";
  const { seen } = value;
  if (seen !== undefined && !isSeen(seen)) return "`seen` is damaged";
  const { reading, interval } = value;
  if (interval !== undefined && !isInterval(interval)) return DAMAGED_INTERVAL;
  if (reading !== undefined && !isReading(reading)) return "`reading` is damaged";
  const { range, image } = value;
  if (range !== undefined && !isRange(range)) return "`range` is damaged";
  if (image !== undefined && !isImage(image)) return "`image` is damaged";
  return {
    kind: "number",
    ...common,
    missing,
    contract,
    ...(reading === undefined ? {} : { reading }),
    ...(seen === undefined ? {} : { seen }),
    ...(image === undefined ? {} : { image }),
    ...(range === undefined ? {} : { range }),
    ...(interval === undefined ? {} : { interval }),
  };
}

function readMissing<V extends number | string>(
  value: unknown,
  kind: ColumnKind,
  isFill: (fill: unknown) => fill is V,
): MissingRule<V> | null {
  if (!isObject(value)) return null;
  const { policy, fill, indicator } = value;
  if (typeof policy !== "string" || !NAME.test(policy)) return null;
  if ((fill !== null && !isFill(fill)) || (indicator !== undefined && indicator !== true)) return null;
  const rule = { policy, fill, ...(indicator === undefined ? {} : { indicator: true as const }) };
  const known = missingPolicies.get(policy);
  if (known === undefined) return rule;
  const isLearned = known.takes.includes(kind) && (fill !== null) === fillsIn(known, kind);
  return isLearned && (indicator === undefined || "indicator" in known.params) ? rule : null;
}

function isNumber(value: unknown): value is number {
  return fits(value, number);
}

/** Where a word is missing there is none, so that nothing is filled in by "". */
function isWord(value: unknown): value is string {
  return typeof value === "string" && value !== "";
}

function readNumberContract(value: unknown): NumberContract | null {
  if (!isObject(value)) return null;
  const { unit, min, max, whole } = value;
  if (unit !== null && typeof unit !== "string") return null;
  if (!isNumberOrNull(min) || !isNumberOrNull(max)) return null;
  if (whole !== undefined && whole !== true) return null;
  if (min !== null && max !== null && min > max) return null;
  return { unit, min, max, ...(whole === undefined ? {} : { whole }) };
}

/** A type that Netwright has not is whoever's trained the model. */
function isReading(value: unknown): value is SavedReading {
  if (!isObject(value)) return false;
  const { type, params } = value;
  if (typeof type !== "string" || !NAME.test(type) || !isObject(params)) return false;
  return !columnTypes.has(type) || openReading({ type, params }, columnTypes) !== null;
}

function readWordContract(value: unknown): WordContract | null {
  if (!isObject(value)) return null;
  const { values } = value;
  return values === null || isListOfText(values) ? { values } : null;
}

const seenValues = where(
  object<SeenValues>({ min: number, max: number, mean: number, distribution: optional(distribution) }),
  "a range",
  ({ min, max }) => min <= max,
);

const valueRange = where(
  object<ValueRange>({ min: number, max: number }),
  "a range",
  ({ min, max }) => min <= max,
);

function isRange(value: unknown): value is ValueRange {
  return fits(value, valueRange);
}

function isSeen(value: unknown): value is SeenValues {
  return fits(value, seenValues);
}

const side = where(count, "a size", (size) => size > 0);

const madeImage = object<MadeImage>({
  name: where(text, "a name", (name) => name !== ""),
  shape: where(list(side), "height, width and channels", (shape) => shape.length === 3),
});

function isImage(value: unknown): value is MadeImage {
  return fits(value, madeImage);
}

const seenWords = object<SeenWords>({
  counts: where(list(count), "counts of words", (counts) => counts.some((times) => times > 0)),
  others: optional(count),
});

function isSeenWords(value: unknown): value is SeenWords {
  return fits(value, seenWords);
}

/** A probability, of a column with two words. */
function isThreshold(threshold: unknown, coding: Coding | null): threshold is number {
  const isOfTwo = coding === null || (coding.takes === "words" && coding.words.length === 2);
  return isNumber(threshold) && threshold >= 0 && threshold <= 1 && isOfTwo;
}

const between = where(number, "a share", (share) => share > 0 && share < 1);

/** What a target or a study has saved of its intervals. */
export const savedInterval = where(
  object<SavedInterval>({
    share: between,
    radius: number,
    scaled: optional(where(flag, "true", (value): value is true => value)),
    min: nullable(number),
    max: nullable(number),
  }),
  "an interval",
  ({ min, max }) => min === null || max === null || min <= max,
);

function isInterval(value: unknown): value is SavedInterval {
  return fits(value, savedInterval);
}

const savedSet = object<SavedSet>({ share: between, least: number });

function isSet(value: unknown): value is SavedSet {
  return fits(value, savedSet);
}

/** One count for each word. */
export function fitsWords(seen: SeenWords | undefined, words: readonly string[]): boolean {
  return seen === undefined || seen.counts.length === words.length;
}

const texts = list(text);
const numberOrNull = nullable(number);

function isListOfText(value: unknown): value is readonly string[] {
  return fits(value, texts);
}

function isNumberOrNull(value: unknown): value is number | null {
  return fits(value, numberOrNull);
}

/** What an encoder has learned and cannot open. */
export function damagedColumn({ name, encoder }: FittedColumn): DataProblem {
  return unreadable(`column ${quote(name)}: ${damagedParams(encoder)}`);
}

/** An interval that is saved in spreads where none are predicted, or in units where some are. */
export function damagedInterval({ name }: FittedColumn): DataProblem {
  return unreadable(`column ${quote(name)}: ${DAMAGED_INTERVAL}`);
}

const DAMAGED_INTERVAL = "`interval` is damaged";

function damagedParams(encoder: string): string {
  return `the parameters of the encoder ${quote(encoder)} are damaged`;
}

function unreadable(why: string): DataProblem {
  return error("NW0660", `The saved encoders cannot be read: ${why}.`, {
    notes: ["The file may have been changed or cut short; train again, or restore it from a copy."],
  });
}
