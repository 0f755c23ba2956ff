// A model written out as a `.net` file: params and blocks expanded, every default filled in. What `explain --resolved`
// shows. Read again, it gives the same program to the letter.

import {
  type Argument,
  familyOf,
  type Instance,
  lookUp,
  type Params,
  type ParamType,
} from "@netwright/definitions";
import type { DataSettings, Expectation, Model, ReadingSettings, TrainSettings } from "@netwright/lang";
import { format, LANGUAGE_VERSION, spellColumn, stringText } from "@netwright/lang";
import { catalog } from "../catalog/catalog.ts";
import { flowLines, spellArgument } from "./flow-lines.ts";

export function resolvedText(model: Model): string {
  const { params, data, train, expect } = model;
  const flow = flowLines(model);
  const lines = [
    `netwright ${LANGUAGE_VERSION}`,
    "",
    ...params.map(({ name, value }) => `# ${name} is ${spellArgument(value)}`),
    "",
    ...(data === null ? [] : [...dataLines(data), ""]),
    ...flow.blocks,
    "model {",
    ...flow.model,
    "}",
    "",
    ...(train === null ? [] : [...trainLines(train), ""]),
    ...(expect.length === 0 ? [] : ["expect {", ...expect.map(expectLine), "}"]),
  ];
  return format(`${lines.join("\n")}\n`).text;
}

/** An argument of that type as a file would have it; its strings may be texts in quotes. */
export function spellTyped(type: ParamType, value: Argument): string {
  if (type.kind === "optional") return value === null ? "none" : spellTyped(type.of, value);
  if (type.kind === "list" && Array.isArray(value))
    return `[${value.map((item) => spellTyped(type.of, item)).join(", ")}]`;
  return type.kind === "string" && typeof value === "string" ? stringText(value) : spellArgument(value);
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
    `missing: ${spellArgument(missing)}`,
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

/** The parameters of a type of column. */
export function columnArguments(type: string): Params {
  return lookUp(catalog.definitions.column, type).params;
}

function columnLine([column, { name, args }]: readonly [string, Instance]): string {
  const given = Object.entries(columnArguments(name)).flatMap(([key, { type }]) => {
    const value = args[key] ?? null;
    // `none` is an encoder; without one of its own the column has that of the section.
    return value === null && familyOf(type) === "encoder" ? [] : [`${key}: ${spellTyped(type, value)}`];
  });
  return `${spellColumn(column)}: ${name}(${given.join(", ")})`;
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
