// Whether a value that was JSON is a resolved model: all of its parts and their kinds. What its names stand for, and
// whether its parts fit together, is asked by `is-sound-model.ts`.

import type { Args, Argument, Factors, Family, Instance, Span, ValueType } from "@netwright/definitions";
import {
  count,
  dictionary,
  either,
  fileName,
  fits,
  flag,
  list,
  nullable,
  number,
  object,
  oneOf,
  optional,
  type Reader,
  text,
  where,
} from "@netwright/definitions/json";
import {
  type DataSettings,
  type DrawnParam,
  type Expectation,
  type Model,
  type ModelInput,
  type ModelOutput,
  type Node,
  PASSES,
  type Parts,
  type ReportSettings,
  type ResolvedParam,
  type Source,
  type TeacherGives,
  type TrainSettings,
  type Weight,
  type WindowSettings,
} from "@netwright/lang";

/** Definitions in arguments of definitions: no file of people has so many. */
const DEEPEST = 16;

const span = object<Span>({ file: text, start: count, end: count });
const spans = dictionary(span);

const size = where(count, "a size", (value) => value > 0 && value <= 0x7fffffff);
const share = where(number, "a share", (value) => value >= 0 && value <= 1);

const type: Reader<ValueType> = either(
  "numbers or indices of a shape",
  object<Extract<ValueType, { kind: "number" }>>({ kind: oneOf("number"), shape: list(size) }),
  object<Extract<ValueType, { kind: "index" }>>({ kind: oneOf("index"), shape: list(size), of: size }),
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
  threshold: true,
  encoder: true,
  missing: true,
  column: true,
  splitter: true,
  source: true,
};

const isFamily = (name: string): name is Family => Object.hasOwn(families, name);
const family = where(text, "a family of definitions", isFamily);

function instanceWith(args: Reader<Args>): Reader<Instance> {
  return object<Instance>({ family, name: text, span, args });
}

/** A reader for each depth, made of that below. */
function argumentAt(depth: number): Reader<Argument> {
  const plain = nullable(either("a plain value", text, flag, number));
  if (depth === DEEPEST) return plain;
  const below = argumentAt(depth + 1);
  return either<[Argument, Argument, Argument]>(
    "an argument",
    plain,
    list(below),
    instanceWith(dictionary(below)),
  );
}

const argument = argumentAt(0);
const args = dictionary(argument);
const instance = instanceWith(args);

const source = object<Source>({ from: text, type });

const node = object<Node>({
  name: text,
  layer: text,
  args,
  inputs: where(list(source), "a list of inputs", ({ length }) => length > 0),
  type,
  weights: text,
  path: list(text),
  closes: nullable(object<Parts>({ name: text, kind: oneOf("residual", "parallel"), parts: list(text) })),
  span,
});

const weightColumn = object<Exclude<Weight, string>>({ column: text });

const window = object<WindowSettings>({
  length: size,
  horizon: size,
  order: text,
  by: nullable(list(text)),
  spacing: oneOf("regular", "rows"),
  border: oneOf("closed", "open"),
  season: nullable(size),
});

const dataSettings = object<DataSettings>({
  name: text,
  source: text,
  query: optional(instance),
  target: list(text),
  features: either<["all", readonly string[]]>("all or a list of columns", oneOf("all"), list(text)),
  columns: dictionary(instance),
  scale: instance,
  missing: instance,
  categories: optional(instance),
  weight: optional(either<[Weight, Weight]>("a weight", oneOf("balanced"), weightColumn)),
  teacher: optional(list(text)),
  teacher_gives: optional(oneOf<TeacherGives>("probabilities", "logits", "labels")),
  teaches: optional(where(flag, "false", (value): value is false => !value)),
  window: optional(window),
  split: instance,
  separator: optional(oneOf(",", ";", "\t", "|", " ")),
  decimal: optional(oneOf(".", ",")),
  thousands: optional(oneOf(",", ".", " ", "'")),
  header: optional(flag),
  skip: optional(count),
  sheet: optional(text),
  file_column: optional(text),
  folder_column: optional(text),
  missing_words: optional(list(text)),
  spans,
});

const factor = where(number, "a factor", (value) => value >= 0);
const factors = object<Factors>({
  kernel: factor,
  bias: factor,
  scale: factor,
  embedding: factor,
  activation: factor,
  number_embedding: factor,
});

const trainSettings = object<TrainSettings>({
  loss: instance,
  optimizer: instance,
  batch: size,
  accumulate: size,
  clip_value: nullable(number),
  clip_norm: nullable(number),
  clip_norm_each: optional(number),
  weight_average: nullable(share),
  mixup: optional(where(number, "what `mixup` may be", (value) => value >= 0.01 && value <= 100)),
  learning_rate_factors: optional(factors),
  weight_decay_factors: optional(factors),
  freeze: list(text),
  epochs: size,
  stop: nullable(instance),
  checkpoint: nullable(instance),
  threshold: optional(either<[number, Instance]>("a threshold", share, instance)),
  teacher_share: optional(share),
  teacher_temperature: optional(where(number, "a temperature", (value) => value > 0)),
  initial_weights: optional(text),
  numerics: optional(oneOf("fused")),
  seed: count,
  seeds: optional(size),
  spans,
});

const passes = where(count, "a number of passes", (value) => value >= PASSES.min && value <= PASSES.max);

const reportSettings = where(
  object<ReportSettings>({
    interval: optional(where(number, "a share", (value) => value > 0 && value < 1)),
    calibration: optional(oneOf("temperature")),
    spread: optional(oneOf("members", "dropout", "runs")),
    samples: optional(passes),
    spans,
  }),
  "passes of a spread by dropout alone",
  ({ spread, samples }) => (spread === "dropout") === (samples !== undefined),
);

const expectation = object<Expectation>({
  split: oneOf("train", "validation", "test"),
  metric: text,
  args,
  label: text,
  comparison: oneOf("<", "<=", ">", ">=", "==", "!="),
  value: number,
  span,
});

const model = object<Model>({
  name: fileName,
  params: list(object<ResolvedParam>({ name: text, value: argument, span })),
  data: nullable(dataSettings),
  inputs: list(object<ModelInput>({ name: text, type })),
  nodes: list(node),
  outputs: where(
    list(object<ModelOutput>({ name: text, from: text, type, members: optional(count) })),
    "a list of one output",
    ({ length }) => length === 1,
  ),
  train: nullable(trainSettings),
  report: optional(reportSettings),
  expect: list(expectation),
  draws: optional(list(object<DrawnParam>({ name: text, members: text, values: list(argument) }))),
});

export function isModel(value: unknown): value is Model {
  return fits(value, model);
}
