// A trained model in use: predictions for records and tables, and evaluation on new labelled data.

import { lower, modelWeights } from "@netwright/compiler";
import {
  decodeOutput,
  encodeInput,
  encodeLabelled,
  type FittedEncoders,
  type InputRecord,
  type Table,
} from "@netwright/data";
import { sizeOf } from "@netwright/ir";
import { analyze, type Diagnostic, type Model } from "@netwright/lang";
import {
  type Backend,
  batchSizes,
  type Evaluation,
  type Executable,
  evaluateSplit,
  type ModelFile,
  predictRows,
  withoutShapes,
} from "@netwright/runtime";
import { catalog } from "../catalog/catalog.ts";
import { memoryFiles } from "../files/files.ts";
import { fromData, hasError, projectError } from "../project/diagnostics.ts";
import { accept, type Checked, reject } from "../project/result.ts";
import { judge, type Verdict } from "../training/expectations.ts";
import { EVALUATE_BATCH } from "../training/plan-run.ts";

/** Predictions are served by functions for these numbers of rows. */
const PREDICT_SIZES = [1, 32, 256];

export type Prediction = Readonly<Record<string, number>>;

export interface EvaluatedTable {
  readonly evaluation: Evaluation;
  /** The expectations about the test split, held against this table. */
  readonly verdicts: readonly Verdict[];
}

export interface LoadedModel {
  readonly name: string;
  readonly features: readonly string[];
  readonly target: readonly string[];
  readonly predict: (input: Table | readonly InputRecord[]) => Checked<readonly Prediction[]>;
  /** The table has the target, too. */
  readonly evaluate: (table: Table) => Promise<Checked<EvaluatedTable>>;
  readonly dispose: () => void;
}

/** @throws BackendError when the backend cannot run the model */
export async function openModel(file: ModelFile, backend: Backend): Promise<Checked<LoadedModel>> {
  const { encoders } = file;
  if (encoders === null) {
    return reject([projectError("NW0611", "the model was trained without a `data` section", [], undefined)]);
  }
  const resolved = resolveAgain(file, encoders);
  if (!resolved.ok) return resolved;
  const model = resolved.value;
  const program = lower(model, { predict: PREDICT_SIZES });
  const executable = await backend.compile(program);
  executable.writeState(withoutShapes(file.weights));
  const names = (columns: FittedEncoders["features"]) => columns.map(({ name }) => name);
  const target = names(encoders.target);

  return accept({
    name: file.name,
    features: names(encoders.features),
    target,
    predict: (input) => predict(executable, model, encoders, input),
    evaluate: (table) => evaluate(backend, file, model, encoders, table),
    dispose: () => executable.dispose(),
  });
}

/** The model from the texts that were saved with it; the columns are those of its encoders. */
function resolveAgain(file: ModelFile, encoders: FittedEncoders): Checked<Model> {
  const [main, ...used] = file.sources;
  const files = memoryFiles(new Map(used.map(({ path, text }) => [path, text])));
  const columns = [...encoders.features, ...encoders.target].map(({ name }) => name);
  const { model, diagnostics, sources } = analyze(
    { file: main?.path ?? file.name, text: main?.text ?? "" },
    {
      catalog,
      host: {
        readFile: (path, from) => {
          const read = files.read(savedPath(path, from, used), from);
          return read.ok ? { file: read.file, text: read.text } : undefined;
        },
        columns: () => columns,
      },
      overrides: Object.entries(file.overrides).map(([path, value]) => ({ path, value })),
    },
  );
  if (model === undefined) return reject(diagnostics, sources);
  const misfits = modelWeights(model).filter(({ id, shape }) => {
    const saved = file.weights.get(id);
    return saved === undefined || saved.data.length !== sizeOf(shape);
  });
  if (misfits.length > 0) {
    const message = `the saved weights do not fit the network: ${misfits.map(({ id }) => id).join(", ")}`;
    return reject([
      projectError("NW0841", message, ["Train again to make a run of this network."], undefined),
    ]);
  }
  return accept(model, diagnostics, sources);
}

/** A used file was saved under the path it had in messages; its end is what `use` says. */
function savedPath(path: string, from: string, used: ModelFile["sources"]): string {
  const folder = from.slice(0, from.lastIndexOf("/") + 1);
  const exact = used.find((source) => source.path === folder + path || source.path === path);
  const tail = path.slice(path.lastIndexOf("/") + 1);
  return (exact ?? used.find((source) => source.path.endsWith(tail)))?.path ?? path;
}

function predict(
  executable: Executable,
  model: Model,
  encoders: FittedEncoders,
  input: Table | readonly InputRecord[],
): Checked<readonly Prediction[]> {
  const encoded = encodeInput(encoders, input);
  if ("problems" in encoded) return reject(encoded.problems.map((problem) => fromData(problem, undefined)));
  const { x, rows, warnings } = encoded;
  const outputs = sizeOf(model.output);
  const y = predictRows(executable, PREDICT_SIZES, x, rows, sizeOf(model.input), outputs);
  const values = decodeOutput(encoders, y);
  const predictions = Array.from({ length: rows }, (_, row) =>
    Object.fromEntries(encoders.target.map(({ name }, i) => [name, values[row * outputs + i] ?? Number.NaN])),
  );
  return accept(
    predictions,
    warnings.map((problem) => fromData(problem, undefined)),
  );
}

async function evaluate(
  backend: Backend,
  file: ModelFile,
  model: Model,
  encoders: FittedEncoders,
  table: Table,
): Promise<Checked<EvaluatedTable>> {
  const labelled = encodeLabelled(encoders, table);
  if ("problems" in labelled) return reject(labelled.problems.map((problem) => fromData(problem, undefined)));
  const { split, warnings } = labelled;
  const diagnostics: readonly Diagnostic[] = warnings.map((problem) => fromData(problem, undefined));
  if (hasError(diagnostics)) return reject(diagnostics);
  const executable = await backend.compile(
    lower(model, { evaluate: batchSizes(split.rows, EVALUATE_BATCH) }),
  );
  try {
    executable.writeState(withoutShapes(file.weights));
    const decode = (y: Float32Array) => decodeOutput(encoders, y);
    const evaluation = await evaluateSplit(executable, split, decode, EVALUATE_BATCH);
    if (evaluation === null) {
      return reject([
        ...diagnostics,
        projectError("NW0611", "the table has no rows to evaluate", [], undefined),
      ]);
    }
    const expected = model.expect.filter((one) => one.split === "test");
    return accept({ evaluation, verdicts: judge(expected, { test: evaluation }) }, diagnostics);
  } finally {
    executable.dispose();
  }
}
