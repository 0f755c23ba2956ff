// Whether a value that was JSON is a resolved model: all of its parts and their kinds. What its names stand for, and
// whether its parts fit together, is asked by `is-sound-model.ts`.

import { type Family, isFileName, isObject } from "@netwright/definitions";
import type { Model } from "@netwright/lang";
import {
  type Check,
  either,
  isCount,
  isFlag,
  isNumber,
  isText,
  listOf,
  mapOf,
  nullOr,
  oneOf,
  own,
  withKeys,
} from "./shape-checks.ts";

/** Definitions in arguments of definitions: no file of people has so many. */
const DEEPEST = 16;

const isSpan: Check = withKeys({ file: isText, start: isCount, end: isCount });

const isSize: Check = (value) => isCount(value) && Number(value) > 0 && Number(value) <= 0x7fffffff;

const isValueType: Check = either(
  withKeys({ kind: oneOf("number"), shape: listOf(isSize) }),
  withKeys({ kind: oneOf("index"), shape: listOf(isSize), of: isSize }),
);

const families: { readonly [F in Family]: true } = {
  layer: true,
  activation: true,
  initializer: true,
  regularizer: true,
  constraint: true,
  loss: true,
  optimizer: true,
  schedule: true,
  stop: true,
  checkpoint: true,
  encoder: true,
  missing: true,
  column: true,
  splitter: true,
};

const isFamily = oneOf(...Object.keys(families));

const argumentAt =
  (depth: number): Check =>
  (value) =>
    value === null ||
    isText(value) ||
    isFlag(value) ||
    isNumber(value) ||
    (depth < DEEPEST && either(listOf(argumentAt(depth + 1)), instanceAt(depth + 1))(value));

const instanceAt =
  (depth: number): Check =>
  (value) =>
    isObject(value) &&
    isFamily(own(value, "family")) &&
    isText(own(value, "name")) &&
    isSpan(own(value, "span")) &&
    mapOf(argumentAt(depth))(own(value, "args"));

const isArgument = argumentAt(0);
const isArguments = mapOf(isArgument);
const isInstance = instanceAt(0);
const isTyped = { type: isValueType };
const isShare: Check = (value) => isNumber(value) && Number(value) >= 0 && Number(value) <= 1;
const spans = mapOf(isSpan);

const isNode = withKeys({
  name: isText,
  layer: isText,
  args: isArguments,
  inputs: (value) => listOf(withKeys({ from: isText, ...isTyped }))(value) && Object(value).length > 0,
  ...isTyped,
  weights: isText,
  path: listOf(isText),
  closes: nullOr(withKeys({ name: isText, kind: oneOf("residual", "parallel"), parts: listOf(isText) })),
  span: isSpan,
});

const isDataSettings = withKeys({
  name: isText,
  source: isText,
  target: listOf(isText),
  features: either(oneOf("all"), listOf(isText)),
  columns: mapOf(isInstance),
  scale: isInstance,
  missing: isInstance,
  split: isInstance,
  separator: oneOf(undefined, ",", ";", "\t", "|", " "),
  decimal: oneOf(undefined, ".", ","),
  thousands: oneOf(undefined, ",", ".", " ", "'"),
  header: oneOf(undefined, true, false),
  skip: either(oneOf(undefined), isCount),
  sheet: either(oneOf(undefined), isText),
  missing_words: either(oneOf(undefined), listOf(isText)),
  spans,
});

const isTrainSettings = withKeys({
  loss: isInstance,
  optimizer: isInstance,
  batch: isSize,
  accumulate: isSize,
  clip_value: nullOr(isNumber),
  clip_norm: nullOr(isNumber),
  weight_average: nullOr(isShare),
  freeze: listOf(isText),
  epochs: isSize,
  stop: nullOr(isInstance),
  checkpoint: nullOr(isInstance),
  seed: isCount,
  spans,
});

const isExpectation = withKeys({
  split: oneOf("train", "validation", "test"),
  metric: isText,
  args: isArguments,
  label: isText,
  comparison: oneOf("<", "<=", ">", ">=", "==", "!="),
  value: isNumber,
  span: isSpan,
});

const isComplete = withKeys({
  name: (value) => typeof value === "string" && isFileName(value),
  params: listOf(withKeys({ name: isText, value: isArgument, span: isSpan })),
  data: nullOr(isDataSettings),
  inputs: listOf(withKeys({ name: isText, ...isTyped })),
  nodes: listOf(isNode),
  outputs: (value) =>
    listOf(withKeys({ name: isText, from: isText, ...isTyped }))(value) && Object(value).length === 1,
  train: nullOr(isTrainSettings),
  expect: listOf(isExpectation),
});

export function isModel(value: unknown): value is Model {
  return isComplete(value);
}
