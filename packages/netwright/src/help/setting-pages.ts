// Pages of the settings of `data`, `train` and `report`. Types, ranges and defaults come from the definitions of the language; the
// examples stand here, and a test runs them.

import { listNames } from "@netwright/definitions";
import { dataSettings, reportSettings, type Setting, type Settings, trainSettings } from "@netwright/lang";
import { settingType } from "@netwright/lang/service";
import type { FullCatalog } from "../catalog/catalog.ts";
import { helpParams } from "./definition-pages.ts";
import type { HelpPage } from "./help-page.ts";

const settingExamples: Readonly<Record<string, string>> = {
  "data.source": 'source: "houses.csv"',
  "data.scale": "scale: minmax",
  "data.categories": "categories: one_hot(unknown: other)",
  "data.missing": "missing: median",
  "data.separator": 'separator: ";"',
  "data.decimal": 'decimal: ","',
  "data.thousands": 'thousands: "."',
  "data.header": "header: false",
  "data.skip": "skip: 2",
  "data.sheet": 'sheet: "2026"',
  "data.file_column": "file_column: file",
  "data.folder_column": "folder_column: digit",
  "data.missing_words": 'missing_words: ["-999", "unknown"]',
  "data.target": "target: Price",
  "data.weight": "weight: Area",
  "data.teacher": "teacher: Area",
  "data.teacher_gives": 'teacher: "prob_*", teacher_gives: logits',
  "data.features": "features: [Area, Rooms, Age]",
  "data.columns": 'columns { Age: number(unit: "years", min: 0) }',
  "data.split": "split: { train: 80%, validation: 10%, test: 10%, seed: 0 }",
  "data.split.train": "split: { train: 80%, validation: 10%, test: 10% }",
  "data.split.validation": "split: { train: 80%, validation: 10%, test: 10% }",
  "data.split.test": "split: { train: 80%, validation: 10%, test: 10% }",
  "data.split.seed": "split: { seed: 7 }",
  "data.window": "window { length: 24, order: Age }",
  "data.window.length": "window { length: 24, order: Age }",
  "data.window.horizon": "window { length: 24, horizon: 3, order: Age }",
  "data.window.order": "window { length: 24, order: Age }",
  "data.window.by": "window { length: 24, order: Age, by: Rooms }",
  "data.window.spacing": "window { length: 24, order: Age, spacing: rows }",
  "data.window.border": "window { length: 24, order: Age, border: open }",
  "data.window.season": "window { length: 24, order: Age, season: 12 }",
  "train.loss": "loss: mae",
  "train.optimizer": "optimizer: adam(learning_rate: 1e-3)",
  "train.batch": "batch: 128",
  "train.accumulate": "accumulate: 4",
  "train.numerics": "numerics: fused",
  "train.clip_value": "clip_value: 0.5",
  "train.clip_norm": "clip_norm: 1",
  "train.clip_norm_each": "clip_norm_each: 1",
  "train.weight_average": "weight_average: 0.99",
  "train.mixup": "mixup: 0.2",
  "train.freeze": "freeze: [dense_1]",
  "train.learning_rate_factors": "learning_rate_factors { bias: 0.1 }",
  "train.weight_decay_factors": "optimizer: adamw(weight_decay: 0.01)\nweight_decay_factors { bias: 0 }",
  "train.epochs": "epochs: 300",
  "train.stop": "stop: early(patience: 40)",
  "train.checkpoint": "checkpoint: every(5)",
  "train.threshold": "threshold: best(f1)",
  "train.teacher_share": "teacher_share: 70%",
  "train.teacher_temperature": "teacher_temperature: 2",
  "train.seeds": "seeds: 5",
  "train.initial_weights": 'initial_weights: "runs/houses-1a2b3c4d5e6f"',
  "train.seed": "seed: 0",
  "report.interval": "interval: 90%",
  "report.calibration": "calibration: temperature",
  "report.spread": "spread: dropout",
  "report.samples": "spread: dropout, samples: 30",
};

export function settingPages(known: FullCatalog): HelpPage[] {
  return [
    ...pagesOf("train", trainSettings, known),
    ...pagesOf("data", dataSettings, known),
    ...pagesOf("report", reportSettings, known),
  ];
}

function pagesOf(section: string, settings: Settings, known: FullCatalog): HelpPage[] {
  return Object.entries(settings).flatMap(([key, setting]) => [
    settingPage(`${section}.${key}`, setting, known),
    ...(setting.kind === "record" || setting.kind === "braces"
      ? Object.entries(setting.settings).map(([name, param]) =>
          settingPage(`${section}.${key}.${name}`, { kind: "value", doc: param.doc, param }, known),
        )
      : []),
  ]);
}

function settingPage(path: string, setting: Setting, known: FullCatalog): HelpPage {
  const [, ...rest] = path.split(".");
  return {
    kind: "setting",
    name: path,
    aliases: rest.map((_, i) => rest.slice(i).join(".")),
    signature: null,
    doc: setting.doc,
    facts: [settingType(setting), ...moreOf(path, setting, known)],
    formula: null,
    params:
      setting.kind === "record" || setting.kind === "factors" || setting.kind === "braces"
        ? helpParams(setting.settings)
        : [],
    example: settingExamples[path] ?? "",
    source: null,
  };
}

function moreOf(path: string, setting: Setting, { definitions }: FullCatalog): readonly string[] {
  if (setting.kind === "value") return [`On the command line \`--set ${path}=...\`.`];
  if (setting.kind === "factors") return [`On the command line \`--set ${path}.bias=...\`.`];
  if (setting.kind === "contract") return [`The type is ${orOf(definitions.column.keys())}.`];
  return setting.kind === "record" ? [`The splitters are ${listNames(definitions.splitter.keys())}.`] : [];
}

function orOf(names: Iterable<string>): string {
  return listNames(names, 20, "or");
}
