// A fitted column out of JSON, checked in full.

import { type ColumnKind, isObject, type MadeImage, quote } from "@netwright/definitions";
import {
  count,
  fits,
  flag,
  list,
  nullable,
  number,
  object,
  optional,
  text,
  where,
} from "@netwright/definitions/json";
import { columnTypes } from "../columns/table.ts";
import { fillsIn, type MissingRule } from "../missing/policy.ts";
import { missingPolicies } from "../missing/table.ts";
import type { Coding } from "../preprocess/encoder.ts";
import { encoders } from "../preprocess/encoders.ts";
import { scaleNames } from "../preprocess/inner-scale.ts";
import type { SavedReading } from "../reading/cell-reading.ts";
import { openReading } from "../reading/open-reading.ts";
import type { SavedInterval, SavedSet } from "../uncertainty/saved-interval.ts";
import type { NumberContract, WordContract } from "./contract.ts";
import { DAMAGED_INTERVAL, damagedParams } from "./damage.ts";
import { distribution } from "./distribution.ts";
import type { FittedColumn, SeenValues, SeenWords, ValueRange } from "./fitted-encoders.ts";

/** How a definition is called. */
const NAME = /^[A-Za-z_]\w*$/;

/**
 * The column, or what is wrong with it. Encoders and policies that Netwright has not are whoever's trained the model:
 * `openEncoders` looks at them, once there is a catalog that has them.
 */
export function readColumn(value: unknown, version: number): FittedColumn | string {
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
    const { threshold, set, temperature, codes } = value;
    if (codes !== undefined && codes !== true) return "`codes` is damaged";
    if (threshold !== undefined && !isThreshold(threshold, coding)) return "`threshold` is damaged";
    if (temperature !== undefined && !(isNumber(temperature) && temperature > 0))
      return "`temperature` is damaged";
    if (set !== undefined && !isSet(set)) return "`set` is damaged";
    return {
      kind: "words",
      ...common,
      missing,
      contract,
      ...(codes === undefined ? {} : { codes }),
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

export function isListOfText(value: unknown): value is readonly string[] {
  return fits(value, texts);
}

function isNumberOrNull(value: unknown): value is number | null {
  return fits(value, numberOrNull);
}
