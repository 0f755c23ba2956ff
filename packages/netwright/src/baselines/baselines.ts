// What simple models reach on the rows of a file, beside the network where it is trained: by the same encoders and weights, on the
// same splits, measured by the same metrics.

import { guessOf, type SavedWindow, type Split } from "@netwright/data";
import { quote } from "@netwright/definitions";
import type { Model } from "@netwright/lang";
import { createBreather, type RunRecord } from "@netwright/runtime";
import type { FullCatalog } from "../catalog/catalog.ts";
import { levelsOf } from "../model/quantiles.ts";
import { hasSpread } from "../model/spreads.ts";
import { baselineMetrics, naiveMetrics, naiveText } from "../training/baseline.ts";
import { measureOf, targetKindOf } from "../training/measure.ts";
import type { Trainable } from "../training/trained-run.ts";
import { type KnownRows, knownRows } from "./known-rows.ts";
import { linearOf } from "./linear-baseline.ts";
import { comparisonOf } from "./main-metric.ts";
import { neighboursOf } from "./neighbours-baseline.ts";
import type { BaselineModel, LeftOutBaseline, Task } from "./task.ts";
import type { TreeLibrary } from "./trees.ts";
import { treesOf } from "./trees-baseline.ts";
import { verdictOf } from "./verdict.ts";

export interface Baselines {
  /** The metric by which they are compared; null where the loss asks for what none tells. */
  readonly metric: string | null;
  readonly rows: Readonly<Record<"train" | "validation" | "test", number>>;
  /** The simplest first; the network, where a run of it was given, last. */
  readonly models: readonly BaselineModel[];
  readonly leftOut: readonly LeftOutBaseline[];
  /** The best on the test rows, or where there are none on the validation rows; null where nothing tells. */
  readonly best: BaselineModel["name"] | null;
  /** The same in a sentence. */
  readonly verdict: string;
}

/** A run of the file: what its record says, and where it is. */
export interface RunOfFile {
  readonly place: string;
  readonly splits: RunRecord["splits"];
}

export interface FitOptions {
  /** Or why there is none, as a sentence goes on. */
  readonly trees: TreeLibrary | { readonly why: string };
  readonly run: RunOfFile | null;
}

/** The splits have rows to measure on: see `cannotCompare`. */
export async function fitBaselines(
  { project, model: asked, train, prepared }: Trainable,
  { trees, run }: FitOptions,
): Promise<Baselines> {
  const { catalog } = project;
  const model = withoutSpread(asked, catalog);
  const breathe = createBreather();
  const measure = measureOf(model, prepared.encoders, catalog);
  const kind = targetKindOf(model, catalog);
  const outputs = measure.classes?.length ?? prepared.encoders.target.length;
  const comparison = comparisonOf(model, measure.metrics, catalog);
  const task: Task = { model, catalog, prepared, measure, kind, outputs, comparison };

  const { window } = prepared.encoders.fitted;
  const whyNone = unfit(task);
  const fitted: (BaselineModel | LeftOutBaseline)[] =
    window === undefined ? [constantOf(task)] : naiveOf(task, window);
  if (whyNone !== null) {
    fitted.push(...(["linear", "neighbours", "trees"] as const).map((name) => ({ name, why: whyNone })));
  } else {
    const known = knownRows(prepared.splits.train, prepared.encoders, {
      outputs,
      asked: prepared.splits.validation.rows + prepared.splits.test.rows,
      seed: train.seed,
    });
    for (const fit of [linearOf, neighboursOf, (one: Task, rows: KnownRows) => treesOf(one, rows, trees)]) {
      await breathe();
      fitted.push(fit(task, known));
    }
  }
  if (run !== null) fitted.push(networkOf(run));
  const models = fitted.filter((one) => "how" in one);
  const { validation, test } = prepared.splits;
  return {
    metric: comparison?.main.label ?? null,
    rows: { train: prepared.splits.train.rows, validation: validation.rows, test: test.rows },
    models,
    leftOut: fitted.filter((one) => "why" in one),
    ...verdictOf(models, comparison, test.rows > 0 ? "test" : "validation"),
  };
}

/** Other models give a number alone, and are measured as one that gives no spread. */
function withoutSpread(model: Model, known: FullCatalog): Model {
  const { train, report } = model;
  if (train === null || !hasSpread(model, known)) return model;
  const { spread: _, samples: __, ...told } = report ?? { spans: {} };
  const isLearned = known.compiler.loss.get(train.loss.name)?.spread === true;
  const loss = isLearned ? { ...train.loss, name: "mse", args: {} } : train.loss;
  return { ...model, train: { ...train, loss }, report: told };
}

/** Why the loss asks for what none of the models that learn predicts. */
function unfit({ model, catalog, comparison }: Task): string | null {
  if (levelsOf(model, catalog) !== null) return "the loss asks for several quantiles, and it predicts a mean";
  return comparison === null
    ? "the loss asks for a quantile that is not the middle, and it predicts a mean"
    : null;
}

function constantOf({ prepared: { encoders, splits }, measure }: Task): BaselineModel | LeftOutBaseline {
  const of = (split: Split) => baselineMetrics(encoders, split, measure.metrics);
  const guess = guessOf(encoders);
  if (guess === null) {
    const why = "of labels there is no one guess for all rows";
    return { name: "constant", why };
  }
  const how =
    guess.class !== null
      ? `${quote(guess.class.name)}, the most frequent class of the training rows`
      : encoders.target.length === 1
        ? "the mean of the training rows"
        : "the means of the training rows";
  return { name: "constant", how, settings: {}, validation: of(splits.validation), test: of(splits.test) };
}

/** What the past of a series says by itself. */
function naiveOf({ prepared: { encoders, splits }, measure }: Task, window: SavedWindow): BaselineModel[] {
  const of = (split: Split) => naiveMetrics(encoders, split, measure.metrics);
  const [validation, test] = [of(splits.validation), of(splits.test)];
  const told = naiveText(window).map((text) => text.replace(/^[^:]*: /, ""));
  const names =
    window.season === null ? (["last_value"] as const) : (["seasonal_naive", "last_value"] as const);
  return names.map((name, i) => ({
    name,
    how: told[i] ?? "",
    settings: name === "seasonal_naive" && window.season !== null ? { season: window.season } : {},
    validation: validation?.[name] ?? null,
    test: test?.[name] ?? null,
  }));
}

function networkOf({ place, splits }: RunOfFile): BaselineModel {
  const { validation, test } = splits;
  return {
    name: "network",
    how: place,
    settings: {},
    validation: validation?.metrics ?? null,
    test: test?.metrics ?? null,
  };
}
