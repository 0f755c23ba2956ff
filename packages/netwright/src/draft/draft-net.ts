// A first `.net` file for a table: a contract of the columns as they are, scaling, a split, a model of sensible size.
// A start to be read and changed, so the choices carry their reasons as comments.

import type { ColumnSummary, TableSummary } from "@netwright/data";
import { format, LANGUAGE_VERSION, spellColumn } from "@netwright/lang";

export interface DraftOptions {
  /** The table as the file will name it, relative to itself. */
  readonly source: string;
  /** Name of the section `data`. */
  readonly name: string;
  /** Default: the last column of numbers. */
  readonly target?: string;
}

export type Draft =
  | { readonly ok: true; readonly text: string; readonly target: string }
  | { readonly ok: false; readonly problem: string; readonly remedy: string };

interface Size {
  readonly rows: number;
  readonly width: number;
  readonly depth: number;
  readonly batch: number;
}

/** By rows of the table: enough weights to learn, few enough to train in a minute. */
const SIZES: readonly Size[] = [
  { rows: 200, width: 16, depth: 1, batch: 16 },
  { rows: 2_000, width: 64, depth: 2, batch: 32 },
  { rows: 20_000, width: 128, depth: 2, batch: 128 },
  { rows: Number.POSITIVE_INFINITY, width: 256, depth: 3, batch: 256 },
];

/** Fewer rows than this cannot be split into three parts that say anything. */
const FEWEST_ROWS = 10;

export function draftNet(table: TableSummary, options: DraftOptions): Draft {
  const numbers = table.columns.filter(({ type, distinct }) => type === "number" && distinct > 0);
  const target = options.target ?? numbers.at(-1)?.name;
  const column = table.columns.find(({ name }) => name === target);
  if (target === undefined) return refused("the table has no column of numbers", "A target is a number.");
  if (column === undefined) {
    const names = table.columns.map(({ name }) => `\`${name}\``).join(", ");
    return refused(`the table has no column \`${target}\``, `Its columns are ${names}.`);
  }
  if (column.type !== "number") {
    return refused(`the column \`${target}\` is text`, "A target is a column of numbers.");
  }
  if (table.rows < FEWEST_ROWS) {
    return refused(
      `the table has ${table.rows} rows`,
      `A model needs at least ${FEWEST_ROWS}, better hundreds.`,
    );
  }
  const features = numbers.filter(({ name, distinct }) => name !== target && distinct > 1);
  if (features.length === 0) {
    return refused(
      "no column is left to predict from",
      "Features are columns of numbers that are not all equal.",
    );
  }
  return { ok: true, target, text: format(textOf(table, column, features, options)).text };
}

function refused(problem: string, remedy: string): Draft {
  return { ok: false, problem, remedy };
}

function textOf(
  table: TableSummary,
  target: ColumnSummary,
  features: readonly ColumnSummary[],
  { source, name }: DraftOptions,
): string {
  const size = SIZES.find(({ rows }) => table.rows < rows) ?? SIZES[0];
  const used = new Set([target, ...features]);
  const left = table.columns.filter((column) => !used.has(column));
  const incomplete = [...used].filter(({ missing }) => missing > 0);
  const lines = [
    `netwright ${LANGUAGE_VERSION}`,
    "",
    `# Predicts ${comment(target.name)} from ${features.length} columns of ${comment(source)}, ${table.rows} rows.`,
    "# Train it:  netwright train <this file>",
    "",
    `param width = ${size?.width} in [16, 32, 64, 128, 256, 512]  # --set width=128 tries another`,
    `param depth = ${size?.depth} in 1..6`,
    "",
    `data ${name} {`,
    `source: ${JSON.stringify(source)}`,
    `target: ${spellColumn(target.name)}  # ${range(target)}`,
    ...featureLines(features, left),
    "columns {  # what training and predicting accept; the ranges of this table are in the comments",
    ...features.map(contractLine),
    "}",
    ...(incomplete.length === 0 ? [] : missingLines(incomplete, target)),
    "scale: zscore  # mean 0 and standard deviation 1, by the training rows alone",
    "split: { train: 70%, validation: 15%, test: 15%, seed: 0 }",
    "}",
    "",
    "model {",
    "repeat depth { dense(width, relu) }",
    "dense(outputs)",
    "}",
    "",
    "train {",
    "loss: mae  # the mean distance from the target, in its own unit",
    "optimizer: adam(learning_rate: 1e-3)",
    `batch: ${size?.batch}`,
    "epochs: 300",
    "stop: early(patience: 40)  # when the validation loss has stopped improving",
    "seed: 0",
    "}",
    "",
    "# What the model must reach, checked by train and evaluate, once you know what to expect:",
    "# expect {",
    "#   test.r2 > 0.8",
    "# }",
  ];
  return `${lines.join("\n")}\n`;
}

function featureLines(features: readonly ColumnSummary[], left: readonly ColumnSummary[]): string[] {
  if (left.length === 0) return ["features: all"];
  const reasons = left.map(
    ({ name, type, distinct }) =>
      `# left out: ${comment(name)}, ${type === "text" ? "text" : distinct > 0 ? "the same in all rows" : "empty"}`,
  );
  return [...reasons, `features: [${features.map(({ name }) => spellColumn(name)).join(", ")}]`];
}

function contractLine(column: ColumnSummary): string {
  const least = (column.min ?? -1) >= 0 ? "min: 0" : "";
  return `${spellColumn(column.name)}: number(${least})  # ${range(column)}`;
}

/** The median stands in for a missing feature; a row without its target teaches nothing. */
function missingLines(incomplete: readonly ColumnSummary[], target: ColumnSummary): string[] {
  const names = incomplete.map(({ name, missing }) => `${comment(name)} (${missing})`).join(", ");
  return [`missing: ${incomplete.includes(target) ? "drop" : "median"}  # empty cells in ${names}`];
}

function range({ min, max, missing }: ColumnSummary): string {
  const cells = missing > 0 ? `, ${missing} empty` : "";
  return `${short(min)} to ${short(max)}${cells}`;
}

function short(value: number | null): string {
  return value === null ? "?" : String(Number(value.toPrecision(6)));
}

/** A name in a comment, which ends with its line. */
function comment(text: string): string {
  return text.replace(/\s+/g, " ");
}
