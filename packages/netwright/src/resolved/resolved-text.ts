// A model written out as a `.net` file: params and blocks expanded, every default filled in. What `explain --resolved`
// shows. Read again, it gives the same program to the letter.

import { familyOf, type Instance, lookUp, type Params } from "@netwright/definitions";
import type {
  DataSettings,
  Expectation,
  Model,
  ReadingSettings,
  ReportSettings,
  TrainSettings,
  Weight,
  WindowSettings,
} from "@netwright/lang";
import { format, LANGUAGE_VERSION, spellColumn, splitterParam, stringText } from "@netwright/lang";
import { type CatalogOption, catalog, type FullCatalog } from "../catalog/catalog.ts";
import { flowLines } from "./flow-lines.ts";
import { spellArgument, spellTyped } from "./spell.ts";

export function resolvedText(model: Model, { catalog: known = catalog }: CatalogOption = {}): string {
  const { params, data, train, report, expect, draws = [] } = model;
  const isDrawn = (name: string) => draws.some((drawn) => drawn.name === name);
  const flow = flowLines(model, known);
  const lines = [
    `netwright ${LANGUAGE_VERSION}`,
    "",
    ...params
      .filter(({ name }) => !isDrawn(name))
      .map(({ name, value }) => `# ${name} is ${spellArgument(value)}`),
    ...draws.map(
      ({ name, values }) =>
        `# ${name} is drawn by each member: ${values.map((value) => spellArgument(value)).join(", ")}`,
    ),
    "",
    ...(data === null ? [] : [...dataLines(data, known), ""]),
    ...flow.blocks,
    "model {",
    ...flow.model,
    "}",
    "",
    ...(train === null ? [] : [...trainLines(train, known), ""]),
    ...(report === undefined ? [] : [...reportLines(report), ""]),
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

function dataLines(
  {
    name,
    source,
    query,
    target,
    features,
    columns,
    scale,
    missing,
    categories,
    weight,
    teacher,
    teacher_gives,
    teaches: _,
    window,
    split,
    ...reading
  }: DataSettings,
  known: FullCatalog,
): string[] {
  const rows = Object.entries(columns).map((entry) => columnLine(entry, known));
  return [
    // The resolver calls data without a name so.
    name === "data" ? "data {" : `data ${name} {`,
    `source: ${query === undefined ? stringText(source) : spellArgument(query, known)}`,
    `target: ${spellNames(target)}`,
    `features: ${features === "all" ? "all" : `[${features.map(spellColumn).join(", ")}]`}`,
    ...(rows.length === 0 ? [] : ["columns {", ...rows, "}"]),
    `scale: ${spellArgument(scale, known)}`,
    `missing: ${spellArgument(missing, known)}`,
    ...(categories === undefined ? [] : [`categories: ${spellArgument(categories, known)}`]),
    ...(weight === undefined ? [] : [`weight: ${spellWeight(weight)}`]),
    ...teacherLines({ teacher, teacher_gives }),
    ...(window === undefined ? [] : [`window { ${windowSettings(window).join(", ")} }`]),
    `split: ${spellSplit(split, known)}`,
    ...readingLines(reading),
    "}",
  ];
}

/** A column that is called as a rule is, stands in quotes. */
export function spellWeight(weight: Weight): string {
  if (typeof weight === "string") return weight;
  return weight.column === "balanced" ? stringText(weight.column) : spellColumn(weight.column);
}

/** A teacher's columns, or their pattern. */
export function teacherLines({
  teacher,
  teacher_gives,
}: {
  readonly [K in "teacher" | "teacher_gives"]?: DataSettings[K] | undefined;
}): string[] {
  return [
    ...(teacher === undefined ? [] : [`teacher: ${spellNames(teacher)}`]),
    ...(teacher_gives === undefined ? [] : [`teacher_gives: ${teacher_gives}`]),
  ];
}

/** Without what it leaves to the table. */
export function windowSettings({
  length,
  horizon,
  order,
  by,
  spacing,
  border,
  season,
}: WindowSettings): string[] {
  return [
    `length: ${length}`,
    `horizon: ${horizon}`,
    `order: ${spellColumn(order)}`,
    ...(by === null ? [] : [`by: ${spellNames(by)}`]),
    `spacing: ${spacing}`,
    `border: ${border}`,
    ...(season === null ? [] : [`season: ${season}`]),
  ];
}

/** Settings in braces are those of the usual splitter. */
function spellSplit(split: Instance, known: FullCatalog): string {
  if (split.name !== splitterParam.default) return spellArgument(split, known);
  const settings = Object.entries(split.args).map(([key, value]) => `${key}: ${spellArgument(value)}`);
  return `{ ${settings.join(", ")} }`;
}

/** Only what the file says: the rest is found out from the table. */
export function readingLines({
  separator,
  decimal,
  thousands,
  header,
  skip,
  sheet,
  file_column,
  folder_column,
  missing_words,
}: ReadingSettings): string[] {
  return [
    ...(separator === undefined ? [] : [`separator: ${stringText(separator)}`]),
    ...(decimal === undefined ? [] : [`decimal: ${stringText(decimal)}`]),
    ...(thousands === undefined ? [] : [`thousands: ${stringText(thousands)}`]),
    ...(header === undefined ? [] : [`header: ${header}`]),
    ...(skip === undefined ? [] : [`skip: ${skip}`]),
    ...(sheet === undefined ? [] : [`sheet: ${stringText(sheet)}`]),
    ...(file_column === undefined ? [] : [`file_column: ${spellColumn(file_column)}`]),
    ...(folder_column === undefined ? [] : [`folder_column: ${spellColumn(folder_column)}`]),
    ...(missing_words === undefined ? [] : [`missing_words: [${missing_words.map(stringText).join(", ")}]`]),
  ];
}

/** The parameters of a type of column. */
export function columnArguments(type: string, known: FullCatalog): Params {
  return lookUp(known.definitions.column, type).params;
}

function columnLine([column, { name, args }]: readonly [string, Instance], known: FullCatalog): string {
  const given = Object.entries(columnArguments(name, known)).flatMap(([key, { type }]) => {
    const value = args[key] ?? null;
    // `none` is an encoder; without one of its own the column has that of the section.
    return value === null && familyOf(type) === "encoder"
      ? []
      : [`${key}: ${spellTyped(type, value, known)}`];
  });
  return `${spellColumn(column)}: ${name}(${given.join(", ")})`;
}

function trainLines(train: TrainSettings, known: FullCatalog): string[] {
  const {
    loss,
    optimizer,
    batch,
    accumulate,
    clip_value,
    clip_norm,
    clip_norm_each,
    weight_average,
    mixup,
    freeze,
    epochs,
    stop,
    checkpoint,
    threshold,
    teacher_share,
    teacher_temperature,
    initial_weights,
    numerics,
    seed,
    seeds,
  } = train;
  return [
    "train {",
    `loss: ${spellArgument(loss, known)}`,
    `optimizer: ${spellArgument(optimizer, known)}`,
    `batch: ${batch}`,
    `accumulate: ${accumulate}`,
    `clip_value: ${spellArgument(clip_value)}`,
    `clip_norm: ${spellArgument(clip_norm)}`,
    ...(clip_norm_each === undefined ? [] : [`clip_norm_each: ${clip_norm_each}`]),
    `weight_average: ${spellArgument(weight_average)}`,
    ...(mixup === undefined ? [] : [`mixup: ${mixup}`]),
    ...factorLines(train),
    `freeze: ${spellArgument(freeze)}`,
    `epochs: ${epochs}`,
    `stop: ${spellArgument(stop, known)}`,
    `checkpoint: ${spellArgument(checkpoint, known)}`,
    ...(threshold === undefined ? [] : [`threshold: ${spellArgument(threshold, known)}`]),
    ...(teacher_share === undefined ? [] : [`teacher_share: ${teacher_share}`]),
    ...(teacher_temperature === undefined ? [] : [`teacher_temperature: ${teacher_temperature}`]),
    ...(initial_weights === undefined ? [] : [`initial_weights: ${stringText(initial_weights)}`]),
    ...(numerics === undefined ? [] : [`numerics: ${numerics}`]),
    `seed: ${seed}`,
    ...(seeds === undefined ? [] : [`seeds: ${seeds}`]),
    "}",
  ];
}

function reportLines({ interval, calibration, spread, samples }: ReportSettings): string[] {
  return [
    "report {",
    ...(interval === undefined ? [] : [`interval: ${interval}`]),
    ...(calibration === undefined ? [] : [`calibration: ${calibration}`]),
    ...(spread === undefined ? [] : [`spread: ${spread}`]),
    ...(samples === undefined ? [] : [`samples: ${samples}`]),
    "}",
  ];
}

/** `learning_rate_factors { kernel: 1, bias: 0.1 }`, where the file states factors. */
function factorLines(train: TrainSettings): string[] {
  return (["learning_rate_factors", "weight_decay_factors"] as const).flatMap((key) => {
    const factors = Object.entries(train[key] ?? {}).map(([role, factor]) => `${role}: ${factor}`);
    return factors.length === 0 ? [] : [`${key} { ${factors.join(", ")} }`];
  });
}

function expectLine({ split, label, comparison, value }: Expectation): string {
  return `${split}.${label} ${comparison} ${value}`;
}
