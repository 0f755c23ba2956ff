// A model written out as a `.net` file: params and blocks expanded, every default filled in. What `explain --resolved`
// shows. Read again, it gives the same program to the letter.

import type {
  ColumnSettings,
  DataSettings,
  Expectation,
  Model,
  ReadingSettings,
  TrainSettings,
} from "@netwright/lang";
import { format, LANGUAGE_VERSION, spellColumn, stringText } from "@netwright/lang";
import { flowLines, spellArgument } from "./flow-lines.ts";

export function resolvedText(model: Model): string {
  const { params, data, train, expect } = model;
  const lines = [
    `netwright ${LANGUAGE_VERSION}`,
    "",
    ...params.map(({ name, value }) => `# ${name} is ${spellArgument(value)}`),
    "",
    ...(data === null ? [] : [...dataLines(data), ""]),
    "model {",
    ...flowLines(model),
    "}",
    "",
    ...(train === null ? [] : [...trainLines(train), ""]),
    ...(expect.length === 0 ? [] : ["expect {", ...expect.map(expectLine), "}"]),
  ];
  return format(`${lines.join("\n")}\n`).text;
}

function spellNames(names: readonly string[]): string {
  const [only] = names;
  return names.length === 1 && only !== undefined
    ? spellColumn(only)
    : `[${names.map(spellColumn).join(", ")}]`;
}

function dataLines({
  name,
  source,
  target,
  features,
  columns,
  scale,
  missing,
  split,
  ...reading
}: DataSettings): string[] {
  const rows = Object.entries(columns).map(columnLine);
  return [
    // The resolver calls data without a name so.
    name === "data" ? "data {" : `data ${name} {`,
    `source: ${stringText(source)}`,
    `target: ${spellNames(target)}`,
    `features: ${features === "all" ? "all" : `[${features.map(spellColumn).join(", ")}]`}`,
    ...(rows.length === 0 ? [] : ["columns {", ...rows, "}"]),
    `scale: ${spellArgument(scale)}`,
    `missing: ${missing}`,
    `split: { ${Object.entries(split)
      .map(([key, value]) => `${key}: ${value}`)
      .join(", ")} }`,
    ...readingLines(reading),
    "}",
  ];
}

/** Only what the file says: the rest is found out from the table. */
export function readingLines({
  separator,
  decimal,
  thousands,
  header,
  skip,
  missing_words,
}: ReadingSettings): string[] {
  return [
    ...(separator === undefined ? [] : [`separator: ${stringText(separator)}`]),
    ...(decimal === undefined ? [] : [`decimal: ${stringText(decimal)}`]),
    ...(thousands === undefined ? [] : [`thousands: ${stringText(thousands)}`]),
    ...(header === undefined ? [] : [`header: ${header}`]),
    ...(skip === undefined ? [] : [`skip: ${skip}`]),
    ...(missing_words === undefined ? [] : [`missing_words: [${missing_words.map(stringText).join(", ")}]`]),
  ];
}

function columnLine([name, { type, unit, min, max, scale, missing }]: readonly [
  string,
  ColumnSettings,
]): string {
  const args = [
    `unit: ${unit === null ? "none" : stringText(unit)}`,
    `min: ${spellArgument(min)}`,
    `max: ${spellArgument(max)}`,
    // `none` is an encoder; without one of its own the column has that of the section.
    ...(scale === null ? [] : [`scale: ${spellArgument(scale)}`]),
    `missing: ${spellArgument(missing)}`,
  ];
  return `${spellColumn(name)}: ${type}(${args.join(", ")})`;
}

function trainLines(train: TrainSettings): string[] {
  const {
    loss,
    optimizer,
    batch,
    accumulate,
    clip_value,
    clip_norm,
    weight_average,
    freeze,
    epochs,
    stop,
    seed,
  } = train;
  return [
    "train {",
    `loss: ${spellArgument(loss)}`,
    `optimizer: ${spellArgument(optimizer)}`,
    `batch: ${batch}`,
    `accumulate: ${accumulate}`,
    `clip_value: ${spellArgument(clip_value)}`,
    `clip_norm: ${spellArgument(clip_norm)}`,
    `weight_average: ${spellArgument(weight_average)}`,
    `freeze: ${spellArgument(freeze)}`,
    `epochs: ${epochs}`,
    `stop: ${spellArgument(stop)}`,
    `seed: ${seed}`,
    "}",
  ];
}

function expectLine({ split, metric, comparison, value }: Expectation): string {
  return `${split}.${metric} ${comparison} ${value}`;
}
