// A model card as Hugging Face has them (https://huggingface.co/docs/hub/model-cards): front matter that the hub reads, and text for
// people. All of it comes from the run; what only people know is left for them to write.

import { count, grouped } from "@netwright/definitions";
import type { RunRecord, SplitRecord } from "@netwright/runtime";
import { textFile, type Written } from "../format.ts";
import type { PortableModel } from "../model/portable-model.ts";
import { inputTable, outputTable } from "./contract-tables.ts";
import { cell, code, table, yamlText } from "./markdown.ts";

export function writeCard(model: PortableModel): Written {
  return { files: [textFile("README.md", cardText(model))] };
}

function cardText(model: PortableModel): string {
  return [
    frontMatter(model),
    `# ${cell(model.name)}`,
    summary(model),
    "## What goes in",
    inputTable(model),
    ...windowText(model),
    "## What comes out",
    outputTable(model.outputs),
    "## How it was measured",
    metricsTable(model.record),
    ...expectations(model.record),
    "## How it was trained",
    training(model),
    "## Limits",
    limits(model),
  ]
    .join("\n\n")
    .concat("\n");
}

function frontMatter({ name, record, outputs }: PortableModel): string {
  const isClasses = outputs.kind === "classes" || outputs.kind === "labels";
  const task = isClasses ? "tabular-classification" : "tabular-regression";
  const lines = [
    "---",
    "library_name: netwright",
    `pipeline_tag: ${task}`,
    "tags:",
    "- netwright",
    `- ${task}`,
    ...modelIndex(name, record, task),
    "---",
  ];
  return lines.join("\n");
}

/** What the hub shows beside the model: the metrics of the test rows. */
function modelIndex(name: string, { splits }: RunRecord, task: string): readonly string[] {
  const known = Object.entries(splits.test?.metrics ?? {}).flatMap(([metric, value]) =>
    value === null ? [] : [{ metric, value }],
  );
  if (known.length === 0) return [];
  return [
    "model-index:",
    `- name: ${yamlText(name)}`,
    "  results:",
    "  - task:",
    `      type: ${task}`,
    "    dataset:",
    `      name: ${yamlText(name)}`,
    "      type: tabular",
    "      split: test",
    "    metrics:",
    ...known.flatMap(({ metric, value }) => [`    - type: ${yamlText(metric)}`, `      value: ${value}`]),
  ];
}

function summary({ columns, network, version }: PortableModel): string {
  const weights = [...network.weights.values()].reduce(
    (sum, own) => [...own.values()].reduce((total, { data }) => total + data.length, sum),
    0,
  );
  const nodes = network.nodes.map(({ layer }) => code(layer)).join(", ");
  return [
    `A network of ${count(weights, "weight")} that predicts from ${count(columns.length, "column")} of a table, trained with Netwright ${version}.`,
    `Its layers: ${nodes}.`,
  ].join(" ");
}

function windowText({ window }: PortableModel): readonly string[] {
  if (window === null) return [];
  return [
    `It predicts from ${count(window.length, "row")} that follow one another by ${code(window.order)}, for ${count(window.horizon, "row")} behind the last of them.`,
  ];
}

const SPLITS = ["train", "validation", "test"] as const;

function metricsTable({ splits }: RunRecord): string {
  const known = SPLITS.flatMap((name) => {
    const split = splits[name];
    return split === null ? [] : [{ name, split }];
  });
  const metrics = [...new Set(known.flatMap(({ split }) => Object.keys(split.metrics)))];
  const rows = known.flatMap(({ name, split }) => [
    [name, grouped(split.rows), ...metrics.map((metric) => told(split.metrics[metric]))],
    ...baselineRow(name, split, metrics),
  ]);
  return table(["rows of", "rows", ...metrics.map(code)], rows);
}

function baselineRow(
  name: string,
  { baseline }: SplitRecord,
  metrics: readonly string[],
): readonly string[][] {
  if (baseline === undefined) return [];
  return [[`${name}, without a model`, "", ...metrics.map((metric) => told(baseline[metric]))]];
}

function told(value: number | null | undefined): string {
  return value === null || value === undefined ? "" : String(Number(value.toPrecision(5)));
}

function expectations({ expectations: all }: RunRecord): readonly string[] {
  if (all.length === 0) return [];
  const rows = all.map(({ text, value, passed }) => [code(text), told(value), passed ? "yes" : "no"]);
  return ["What the file expects of it:", table(["expectation", "value", "met"], rows)];
}

/** What a run of another tool does not say is not made up. */
function trained({ backend, epochs, seed, hash, imported }: RunRecord): readonly string[][] {
  if (imported !== undefined)
    return [
      ["imported from", code(imported.file)],
      ["written by", cell(imported.writer ?? imported.format)],
    ];
  return [
    [
      "epochs",
      `${epochs.completed} of ${epochs.planned}${epochs.best === null ? "" : `, weights of ${epochs.best}`}`,
    ],
    ["seed", String(seed)],
    ["backend", code(backend.name)],
    ["data", code(hash.data)],
  ];
}

function training({ record, sources }: PortableModel): string {
  const { hash, versions, imported } = record;
  const rows = [
    ...trained(record),
    ["run", code(hash.run)],
    ["weights", code(hash.weights)],
    ...Object.entries(versions).map(([name, version]) => [cell(name), cell(version)]),
  ];
  const [source] = sources;
  const file =
    source === undefined
      ? []
      : [
          imported === undefined ? "The file that it was trained by:" : "The file that it was imported as:",
          fenced(source.text),
        ];
  return [table(["", ""], rows), ...file].join("\n\n");
}

/** The fence is longer than any in the text. */
function fenced(text: string): string {
  const longest = Math.max(2, ...[...text.matchAll(/`+/g)].map(([run]) => run.length));
  const fence = "`".repeat(longest + 1);
  return `${fence}text\n${text.trimEnd()}\n${fence}`;
}

function limits({ columns, outputs }: PortableModel): string {
  const bounded = columns.some(
    (column) => column.kind === "number" && (column.min !== null || column.max !== null),
  );
  const lines = [
    "It has learned from one table, and tells nothing of rows that are unlike those of it.",
    ...(bounded
      ? [
          "Values beyond the ranges above are refused by `netwright predict`, and should be by whoever else runs it.",
        ]
      : []),
    ...(outputs.kind === "classes" && outputs.probabilities && outputs.temperature === null
      ? ["Its probabilities were not calibrated."]
      : []),
    "What it is meant for, whom it may do harm to, and where the data are from stands in no run: write it here.",
  ];
  return lines.map((line) => `- ${line}`).join("\n");
}
