// The text of a drafted file, section by section, in canonical form.

import type { ColumnSummary } from "@netwright/data";
import { count, grouped, oneLine } from "@netwright/definitions";
import { format, LANGUAGE_VERSION, spellColumn, stringText } from "@netwright/lang";
import type { DraftOptions, Plan } from "./draft-net.ts";
import { type DraftSize, draftSize } from "./draft-size.ts";
import { leftOutLines } from "./left-out-lines.ts";

/** More columns than this are not described one by one: the file is to be read. */
const MOST_DESCRIBED = 30;

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
    lossLine(plan.target),
    "optimizer: adam(learning_rate: 1e-3)",
    `batch: ${size.batch}`,
    `epochs: ${size.epochs}`,
    `stop: early(patience: ${size.patience})  # when the validation loss has stopped improving`,
    "seed: 0",
    "}",
    "",
    "# What the model must reach, checked by train and evaluate, once you know what to expect:",
    "# expect {",
    "#   test.r2 > 0.8",
    "# }",
  ];
  return format(`${lines.join("\n")}\n`).text;
}

function lossLine({ distinct }: ColumnSummary): string {
  // Other losses lean to the value that is more frequent.
  if (distinct === 2) return "loss: mse  # of two values the prediction is then a share: how near to which";
  return "loss: huber  # as mse near the target and as mae far from it, so that few rows far out do not rule";
}

function layer({ penalty }: DraftSize): string {
  return penalty === 0 ? "dense(width, relu)" : `dense(width, relu, kernel_regularizer: l2(${penalty}))`;
}

function dataSection(plan: Plan, { source, name }: DraftOptions): string[] {
  const { target, reason, features } = plan;
  const gaps = features.some(({ missing }) => missing > 0);
  return [
    `data ${name} {`,
    `source: ${stringText(source)}`,
    `target: ${spellColumn(target.name)}  # ${oneLine(reason)}; ${range(target)}`,
    ...leftOutLines(plan.leftOut).map((line) => `# left out: ${line}`),
    // Names of rows are no column.
    plan.leftOut.every(({ column }) => column === "")
      ? "features: all"
      : `features: [${features.map(({ name: own }) => spellColumn(own)).join(", ")}]`,
    ...contract(plan),
    "scale: zscore  # mean 0 and standard deviation 1, by the training rows alone",
    ...(gaps ? ["missing: median  # of the training rows, in the place of an empty cell"] : []),
    "split: { train: 70%, validation: 15%, test: 15%, seed: 0 }",
    "}",
  ];
}

/** A row without its target teaches nothing; the bounds are those that training and predicting hold values to. */
function contract({ target, features }: Plan): string[] {
  const described = features.length > MOST_DESCRIBED ? [] : features.map(featureLine);
  const dropped =
    target.missing === 0
      ? []
      : [
          `${spellColumn(target.name)}: number(missing: drop)  # ${count(target.missing, "row")} without a target ${target.missing === 1 ? "is" : "are"} not used`,
        ];
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

function featureLine(column: ColumnSummary): string {
  const least = (column.min ?? -1) >= 0 ? "min: 0" : "";
  return `${spellColumn(column.name)}: number(${least})  # ${range(column)}`;
}

function range({ min, max, missing }: ColumnSummary): string {
  const cells = missing > 0 ? `, ${grouped(missing)} empty` : "";
  return `${short(min)} to ${short(max)}${cells}`;
}

function short(value: number | null): string {
  return value === null ? "?" : String(Number(value.toPrecision(6)));
}
