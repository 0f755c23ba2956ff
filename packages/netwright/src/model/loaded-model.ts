// A trained model in use: predictions for records and tables, and evaluation on new labelled data.

import { lower } from "@netwright/compiler";
import {
  classesOf,
  encodeInput,
  type InputRecord,
  type OpenColumn,
  type OpenEncoders,
  type ReadSettings,
  rowsOf,
  type Split,
  type Table,
  whenLoaded,
} from "@netwright/data";
import type { Model } from "@netwright/lang";
import {
  type Backend,
  batchSizes,
  type CompileOptions,
  compile,
  type Evaluation,
  type Executable,
  evaluationOfView,
  type Metrics,
  type ModelFile,
  type NaiveMetrics,
  type Predicted,
  predictRows,
  predictSplit,
  withoutShapes,
} from "@netwright/runtime";
import type { FullCatalog } from "../catalog/catalog.ts";
import { readSettings } from "../project/data-plan.ts";
import { fromData, projectError } from "../project/diagnostics.ts";
import { accept, type Checked, reject } from "../project/result.ts";
import { baselineMetrics, naiveMetrics, worseThanBaseline } from "../training/baseline.ts";
import { judge, type Verdict } from "../training/expectations.ts";
import { isCentred, measureOf } from "../training/measure.ts";
import { decodingOf } from "./decoding.ts";
import { type Judging, labelledSplit, withEvaluator } from "./evaluating.ts";
import { type Decoding, type Prediction, predictionsOf, withTimes } from "./predictions.ts";
import { type SavedModel, savedModel } from "./saved-model.ts";

/** Predictions of any number of rows are served by functions for these numbers. */
const PREDICT_SIZES = [1, 32, 256];

export interface OpenOptions extends CompileOptions {
  /** What its names stand for, where they are not all Netwright's. */
  readonly catalog?: FullCatalog | undefined;
  /** The model read back, where that is done already. */
  readonly saved?: SavedModel;
  /** The number of rows that will be predicted at once, where it is known: nothing is compiled for others. */
  readonly rows?: number;
}

export interface EvaluatedTable {
  readonly evaluation: Evaluation;
  /** What predicting the mean of the training rows gives, of windows as of a run; null for models that were saved without it. */
  readonly baseline: Metrics | null;
  /** Of windows. */
  readonly naive?: NaiveMetrics;
  /** The expectations about the test split, held against this table. */
  readonly verdicts: readonly Verdict[];
}

export interface EvaluationParts {
  /** The rows of a table with their targets, as numbers for this model alone: another one scales them in its own way. */
  readonly label: (table: Table) => Checked<Split>;
  /** Null without rows. */
  readonly predictSplit: (split: Split) => Promise<Predicted | null>;
  /** `rows` says what they are, for a warning; without a split there is nothing to compare with. */
  readonly conclude: (
    predicted: Predicted | null,
    split: Split | null,
    rows: string,
  ) => Checked<EvaluatedTable>;
}

export interface LoadedModel {
  readonly name: string;
  readonly features: readonly string[];
  readonly target: readonly string[];
  /** The words of the classes that it predicts; null where it predicts numbers. */
  readonly classes: readonly string[] | null;
  /** Whether it gives each of them a probability; also where it predicts none. */
  readonly probabilities: boolean;
  /** The levels of the quantiles that it predicts, from the least on; null where it predicts none. */
  readonly quantiles: readonly number[] | null;
  /** Whether it tells beside each number how far targets spread around it. */
  readonly spread: boolean;
  readonly encoders: OpenEncoders;
  /** How tables for it are read: as that of its training, where its file says how. */
  readonly reading: ReadSettings;
  readonly predict: (input: Table | readonly InputRecord[]) => Checked<readonly Prediction[]>;
  /** The table has the target, too. */
  readonly evaluate: (table: Table) => Promise<Checked<EvaluatedTable>>;
  /** The test rows of the run itself, as they were prepared for its training. */
  readonly evaluateTest: (split: Split) => Promise<Checked<EvaluatedTable>>;
  readonly dispose: () => void;
}

/** One model, which may predict together with others. */
export interface OpenedModel extends LoadedModel {
  /** What its evaluations are made of. */
  readonly parts: EvaluationParts;
}

/** @throws BackendError when the backend cannot run the model */
export async function openModel(
  file: ModelFile,
  backend: Backend,
  { rows, saved: before, catalog: known, ...options }: OpenOptions = {},
): Promise<Checked<OpenedModel>> {
  const saved = before === undefined ? await savedModel(file, known) : accept(before);
  if (!saved.ok) return saved;
  const { model, encoders, catalog } = saved.value;
  const { compiler: definitions } = catalog;
  const reading = readingOf(model);
  const sizes = rows === undefined ? PREDICT_SIZES : sizesFor(rows);
  const program = lower(model, { predict: sizes, definitions });
  const executable = await compile(backend, program, options);
  executable.writeState(withoutShapes(file.weights));
  const decoding = decodingOf(saved.value);
  const names = (columns: readonly OpenColumn[]) => columns.map(({ fitted }) => fitted.name);
  const target = names(encoders.target);

  return accept({
    name: file.name,
    features: names(encoders.features),
    target,
    classes: classesOf(encoders),
    probabilities: decoding.shares,
    quantiles: decoding.levels,
    spread: decoding.spread,
    encoders,
    reading,
    predict: (input) => predict({ executable, sizes, decoding, reading }, input),
    ...evaluations({
      label: (table) => labelledSplit(saved.value, table),
      predictSplit: (split) =>
        withEvaluator({ backend, options, file, model, catalog }, split.rows, (evaluator, chunk) =>
          predictSplit(evaluator, split, measureOf(model, encoders, catalog), chunk),
        ),
      conclude: (predicted, split, rows) => conclude(saved.value, predicted, split, rows),
    }),
    dispose: () => executable.dispose(),
  });
}

/** Rows that are predicted one by one in less time than a function for more of them takes to compile. */
const FEW_ROWS = 32;

function sizesFor(rows: number): readonly number[] {
  return rows > 0 && rows <= FEW_ROWS ? [1] : batchSizes(rows, Math.max(...PREDICT_SIZES));
}

/** What the file of the model says of how its table is written. Which file a row is from, only a model asks that learns of it. */
export function readingOf({ data }: Model): ReadSettings {
  if (data === null) return {};
  const { fileColumn, folderColumn, ...reading } = readSettings(data);
  const used = [...data.target, ...(data.features === "all" ? [] : data.features)];
  const isUsed = (column: string | undefined) => column !== undefined && used.includes(column);
  return {
    ...reading,
    ...(isUsed(fileColumn) ? { fileColumn } : {}),
    ...(isUsed(folderColumn) ? { folderColumn } : {}),
    anySheet: true,
  };
}

interface Ready {
  readonly executable: Executable;
  readonly sizes: readonly number[];
  readonly decoding: Decoding;
  readonly reading: ReadSettings;
}

function predict(
  { executable, sizes, decoding, reading }: Ready,
  input: Table | readonly InputRecord[],
): Checked<readonly Prediction[]> {
  const encoded = encodeInput(decoding.encoders, input, reading);
  if ("problems" in encoded) return reject(encoded.problems.map((problem) => fromData(problem, undefined)));
  const { rows, warnings, predicts } = encoded;
  const y = predictRows(executable, sizes, rowsOf(encoded));
  const predictions = predictionsOf(decoding, y, rows);
  return accept(
    predicts === undefined ? predictions : withTimes(predictions, predicts, decoding.encoders),
    warnings.map((problem) => fromData(problem, undefined)),
  );
}

/** What is measured by these parts. */
function evaluations(parts: EvaluationParts): Pick<OpenedModel, "evaluate" | "evaluateTest" | "parts"> {
  const measured = async (split: Split, rows: string) =>
    parts.conclude(await parts.predictSplit(split), split, rows);
  return {
    parts,
    evaluate: async (table) => {
      const labelled = await whenLoaded(() => parts.label(table));
      if (!labelled.ok) return labelled;
      const evaluated = await measured(labelled.value, "rows given");
      const all = [...labelled.diagnostics, ...evaluated.diagnostics];
      return evaluated.ok ? accept(evaluated.value, all) : reject(all);
    },
    evaluateTest: (split) => measured(split, "test rows"),
  };
}

function conclude(
  { model, encoders, catalog }: Judging,
  predicted: Predicted | null,
  split: Split | null,
  rows: string,
): Checked<EvaluatedTable> {
  if (predicted === null)
    return reject([projectError("NW0611", "the table has no rows to evaluate", [], undefined)]);
  const { metrics } = measureOf(model, encoders, catalog);
  const evaluation = evaluationOfView(predicted, metrics);
  const expected = model.expect.filter((one) => one.split === "test");
  const baseline = split === null ? null : baselineMetrics(encoders, split, metrics);
  const naive = split === null ? null : naiveMetrics(encoders, split, metrics);
  const beside = naive === null ? {} : { naive };
  const worse =
    baseline === null || !isCentred(model, catalog)
      ? []
      : worseThanBaseline(rows, { metrics: evaluation.metrics, baseline, ...beside }, encoders);
  return accept({ evaluation, baseline, ...beside, verdicts: judge(expected, { test: evaluation }) }, worse);
}
