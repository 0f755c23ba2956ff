// The text of a drafted file, section by section, in canonical form.

import { type ColumnSummary, ENOUGH_ROWS } from "@netwright/data";
import { count, grouped, oneLine, shorten } from "@netwright/definitions";
import { format, LANGUAGE_VERSION, spellColumn, stringText } from "@netwright/lang";
import type { DraftOptions, Plan } from "./draft-net.ts";
import { type DraftSize, draftSize, MOST_DESCRIBED } from "./draft-size.ts";
import { leftOutLines } from "./left-out-lines.ts";

/** A table with fewer rows has fewer than fifteen for the test. */
const FEW_ROWS = 100;

export function draftText(plan: Plan, options: DraftOptions): string {
  const size = draftSize(plan.rows);
  const lines = [
    `netwright ${LANGUAGE_VERSION}`,
    "",
    `# Predicts ${oneLine(plan.target.name)} from ${count(plan.features.length, "column")} of ${oneLine(options.source)}, ${count(plan.rows, "row")}.`,
    ...(plan.rows < FEW_ROWS
      ? [
          "# So few rows make a test of very few: its numbers say little, and vary with the seed of the split.",
        ]
      : []),
    ...rareClasses(plan),
    "# Train it:  npx netwright train <this file>",
    "",
    `param width = ${size.width} in [8, 16, 32, 64, 128, 256, 512]  # --set width=128 tries another`,
    `param depth = ${size.depth} in 1..6`,
    "",
    ...dataSection(plan, options),
    "",
    "model {",
    `repeat depth { ${layer(size)} }${size.penalty === 0 ? "" : "  # few rows: large weights cost something"}`,
    "dense(outputs)",
    "}",
    "",
    "train {",
    lossLine(plan),
    "optimizer: adam(learning_rate: 1e-3)",
    `batch: ${size.batch}`,
    `epochs: ${size.epochs}`,
    `stop: early(patience: ${size.patience})  # when the validation loss has stopped improving`,
    "seed: 0",
    "}",
    "",
    "# What the model must reach, checked by train and evaluate, once you know what to expect:",
    "# expect {",
    plan.task === "classes" ? "#   test.balanced_accuracy > 80%" : "#   test.r2 > 0.8",
    "# }",
  ];
  return format(`${lines.join("\n")}\n`).text;
}

function rareClasses({ task, target, words }: Plan): string[] {
  const counts = task === "classes" ? (words.get(target.name) ?? []) : [];
  const rare = counts.filter(({ rows }) => rows < ENOUGH_ROWS).length;
  return rare === 0
    ? []
    : [
        `# ${rare === 1 ? "A class has" : `${grouped(rare)} classes have`} fewer than ${ENOUGH_ROWS} rows: little is learned of ${rare === 1 ? "it" : "them"}.`,
      ];
}

function lossLine({ task, target: { distinct } }: Plan): string {
  if (task === "classes")
    return "loss: cross_entropy  # of classes: the prediction is a probability for each";
  // Other losses lean to the value that is more frequent.
  if (distinct === 2) return "loss: mse  # of two values the prediction is then a share: how near to which";
  return "loss: huber  # as mse near the target and as mae far from it, so that few rows far out do not rule";
}

function layer({ penalty }: DraftSize): string {
  return penalty === 0 ? "dense(width, relu)" : `dense(width, relu, kernel_regularizer: l2(${penalty}))`;
}

function dataSection(plan: Plan, { source, name }: DraftOptions): string[] {
  const { target, reason, features, missingWords } = plan;
  const { typed } = plan;
  const gaps = features.some(
    ({ name, type, missing }) => (type === "number" || typed.has(name)) && missing > 0,
  );
  return [
    `data ${name} {`,
    `source: ${stringText(source)}`,
    `target: ${spellColumn(target.name)}  # ${oneLine(reason)}; ${about(plan, target)}`,
    ...leftOutLines(plan.leftOut).map((line) => `# left out: ${line}`),
    // Names of rows are no column.
    plan.leftOut.every(({ column }) => column === "")
      ? "features: all"
      : `features: [${features.map(({ name: own }) => spellColumn(own)).join(", ")}]`,
    ...contract(plan),
    ...(missingWords.length === 0
      ? []
      : [`missing_words: [${missingWords.map(stringText).join(", ")}]  # no words: there is no value`]),
    "scale: zscore  # mean 0 and standard deviation 1, by the training rows alone",
    ...(gaps ? ["missing: median  # of the training rows, in the place of an empty cell"] : []),
    plan.task === "classes"
      ? "split: stratified(train: 70%, validation: 15%, test: 15%, seed: 0)  # of each class"
      : "split: { train: 70%, validation: 15%, test: 15%, seed: 0 }",
    "}",
  ];
}

/** A row without its target teaches nothing; the bounds are those that training and predicting hold values to. */
function contract(plan: Plan): string[] {
  const { features } = plan;
  // Words are nothing to a network until they are described.
  const described = features
    .filter(({ type }) => type === "text" || features.length <= MOST_DESCRIBED)
    .map((column) => featureLine(plan, column));
  const dropped = targetLines(plan);
  if (described.length + dropped.length === 0) return [];
  return [
    described.length === 0
      ? "columns {"
      : "columns {  # what training and predicting accept; the ranges of this table are in the comments",
    ...described,
    ...dropped,
    "}",
  ];
}

/** Where nothing is to be said of it, the target is what its loss takes it for. */
function targetLines({ target, task }: Plan): string[] {
  const gaps =
    target.missing === 0
      ? null
      : `${count(target.missing, "row")} without a target ${target.missing === 1 ? "is" : "are"} not used`;
  const spelled = spellColumn(target.name);
  if (task === "numbers") return gaps === null ? [] : [`${spelled}: number(missing: drop)  # ${gaps}`];
  if (gaps !== null) return [`${spelled}: category(missing: drop)  # ${gaps}`];
  // Whole numbers are words without a word; others have to be said to be some.
  return target.type === "number" && target.pattern === null ? [`${spelled}: category`] : [];
}

function featureLine(plan: Plan, column: ColumnSummary): string {
  const typed = plan.typed.get(column.name);
  if (typed !== undefined)
    return `${spellColumn(column.name)}: ${typed.type}  # ${typed.about ?? about(plan, column)}`;
  if (column.type === "text") {
    const gaps = column.missing > 0 ? ", missing: own_class" : "";
    return `${spellColumn(column.name)}: category(encoder: one_hot(unknown: other)${gaps})  # ${about(plan, column)}`;
  }
  const least = (column.min ?? -1) >= 0 ? "min: 0" : "";
  return `${spellColumn(column.name)}: number(${least})  # ${range(column)}`;
}

/** The most frequent words, or the range. */
function about({ words }: Plan, column: ColumnSummary): string {
  const own = words.get(column.name);
  if (own === undefined) return range(column);
  const cells = column.missing > 0 ? `, ${grouped(column.missing)} empty` : "";
  const first = [...own].sort((a, b) => b.rows - a.rows).slice(0, SHOWN_WORDS);
  const named = first.map(({ word, rows }) => `${oneLine(shorten(word))} (${grouped(rows)})`).join(", ");
  const more = own.length > first.length ? `, and ${grouped(own.length - first.length)} more` : "";
  return `${count(own.length, "word")}: ${named}${more}${cells}`;
}

const SHOWN_WORDS = 5;

function range({ min, max, missing }: ColumnSummary): string {
  const cells = missing > 0 ? `, ${grouped(missing)} empty` : "";
  return `${short(min)} to ${short(max)}${cells}`;
}

function short(value: number | null): string {
  return value === null ? "?" : String(Number(value.toPrecision(6)));
}
