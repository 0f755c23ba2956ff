// One training run, from an opened project to a bundle that can be saved and used.

import { decodeOutput, type Prepared } from "@netwright/data";
import type { Program } from "@netwright/ir";
import type { Argument, Diagnostic, Model, Sources, TrainSettings } from "@netwright/lang";
import {
  type Backend,
  BackendError,
  type BackendInfo,
  checkPlan,
  describeFailure,
  type Evaluations,
  RUN_FORMAT,
  type RunBundle,
  type RunRecord,
  resumeProblem,
  type SavedCheckpoint,
  type SettingValue,
  type SplitRecord,
  type TrainingCallbacks,
  type TrainingResult,
  train as trainProgram,
  unsupportedOps,
  weightsHash,
  withShapes,
} from "@netwright/runtime";
import { fromRuntime, hasError, projectError } from "../project/diagnostics.ts";
import type { Project } from "../project/open-project.ts";
import { accept, type Checked, reject } from "../project/result.ts";
import { VERSION } from "../version.ts";
import { judge, unmet, type Verdict } from "./expectations.ts";
import { EVALUATE_BATCH, planRun, type RunPlan } from "./plan-run.ts";

export interface RunOptions {
  readonly backend: Backend;
  readonly threads?: number;
  readonly callbacks?: TrainingCallbacks;
  /** When it aborts, training stops after the running step and leaves a checkpoint. */
  readonly signal?: AbortSignal;
  readonly resume?: SavedCheckpoint;
  /** Versions of what runs Netwright, for the record: `{ node: "20.19.0" }`. */
  readonly platform?: Readonly<Record<string, string>>;
}

export interface TrainedRun {
  readonly bundle: RunBundle;
  readonly program: Program;
  readonly result: TrainingResult;
  readonly verdicts: readonly Verdict[];
  /** Why training failed or which expectations were not met; empty for a good run. */
  readonly findings: readonly Diagnostic[];
}

interface Trainable {
  readonly project: Project;
  readonly model: Model;
  readonly train: TrainSettings;
  readonly prepared: Prepared;
}

export async function runTraining(project: Project, options: RunOptions): Promise<Checked<TrainedRun>> {
  const trainable = checkTrainable(project);
  if (!trainable.ok) return trainable;
  const started = performance.now();
  const { model, train, prepared } = trainable.value;
  const { backend, resume } = options;
  const { diagnostics, sources } = project;
  const refuse = (...errors: readonly Diagnostic[]) => reject([...diagnostics, ...errors], sources);

  const plan = await planRun(model, train, prepared, backend);
  const problems = [
    ...checkPlan({ splits: prepared.splits, stop: plan.stop }),
    ...unsupportedOps(plan.program, backend),
    ...(resume === undefined ? [] : [resumeProblem(resume, plan.hash.run)].filter((found) => found !== null)),
  ];
  if (problems.length > 0)
    return refuse(...problems.map((found) => fromRuntime(found, train.spans["train"])));

  try {
    const result = await execute(trainable.value, plan, options);
    const info = await backend.describe();
    const run = finish(trainable.value, plan, result, info, options, (performance.now() - started) / 1000);
    return accept(run, diagnostics, sources);
  } catch (error) {
    if (!(error instanceof BackendError)) throw error;
    return refuse(fromRuntime({ code: "NW0812", message: error.message, notes: [error.remedy] }));
  }
}

/** A sound project with data and a train section. */
function checkTrainable(project: Project): Checked<Trainable> {
  const { model, prepared, diagnostics, sources } = project;
  if (hasError(diagnostics) || model === undefined) return reject(diagnostics, sources);
  const missing = [
    ...(model.data === null
      ? [projectError("NW0611", "the file has no `data` section, and training needs data", [], undefined)]
      : []),
    ...(model.train === null
      ? [projectError("NW0612", "the file has no `train` section", ["Add `train { loss: mae }`."], undefined)]
      : []),
  ];
  if (model.train === null || prepared === undefined || missing.length > 0) {
    return reject([...diagnostics, ...missing], sources);
  }
  return accept({ project, model, train: model.train, prepared }, diagnostics, sources);
}

async function execute(
  { train, prepared }: Trainable,
  plan: RunPlan,
  options: RunOptions,
): Promise<TrainingResult> {
  const { backend, threads, callbacks, signal, resume } = options;
  const executable = await backend.compile(plan.program, threads === undefined ? {} : { threads });
  try {
    return await trainProgram({
      executable,
      variables: plan.program.state,
      splits: prepared.splits,
      decode: (y) => decodeOutput(prepared.encoders, y),
      batch: train.batch,
      evaluateBatch: EVALUATE_BATCH,
      traceBatch: plan.traceBatch,
      epochs: train.epochs,
      seed: train.seed,
      stop: plan.stop,
      ...(callbacks === undefined ? {} : { callbacks }),
      ...(signal === undefined ? {} : { signal }),
      ...(resume === undefined ? {} : { resume: resume.checkpoint }),
    });
  } finally {
    executable.dispose();
  }
}

function finish(
  { project, model, train, prepared }: Trainable,
  plan: RunPlan,
  result: TrainingResult,
  backend: BackendInfo,
  options: RunOptions,
  total: number,
): TrainedRun {
  const { program, hash } = plan;
  const verdicts = result.status === "interrupted" ? [] : judge(model.expect, result.evaluations);
  const overrides = Object.fromEntries(project.overrides.map(({ path, value }) => [path, value]));
  const versions = { netwright: VERSION, ...options.platform };
  const weights = withShapes(program.state, result.weights);
  const record: RunRecord = {
    format: RUN_FORMAT,
    name: model.name,
    status: result.status,
    backend,
    seed: train.seed,
    epochs: {
      planned: train.epochs,
      completed: result.history.length,
      best: result.best?.epoch ?? null,
    },
    overrides,
    versions,
    hash: { ...hash, weights: weightsHash(weights) },
    splits: splitRecords(result.evaluations),
    expectations: verdicts.map(({ outcome }) => outcome),
    failure: result.status === "non_finite" ? result.failure : null,
    seconds: { total, train: result.seconds },
  };
  return {
    program,
    result,
    verdicts,
    findings:
      result.status === "non_finite"
        ? [fromRuntime(describeFailure(result.failure, { program, ...prepared }))]
        : unmet(verdicts, project.sources),
    bundle: {
      model: {
        name: model.name,
        sources: sourceTexts(project.sources),
        overrides,
        resolved: Object.fromEntries(model.params.map(({ name, value }) => [name, settingValue(value)])),
        encoders: prepared.encoders,
        irHash: hash.ir,
        versions,
        weights,
      },
      record,
      history: result.history,
      checkpoint: result.status === "interrupted" ? { run: hash.run, checkpoint: result.checkpoint } : null,
    },
  };
}

function splitRecords(evaluations: Evaluations): RunRecord["splits"] {
  const record = (evaluation: Evaluations["train"]): SplitRecord | null =>
    evaluation === null
      ? null
      : { rows: evaluation.rows, loss: evaluation.loss, metrics: evaluation.metrics };
  return {
    train: record(evaluations.train),
    validation: record(evaluations.validation),
    test: record(evaluations.test),
  };
}

/** The files; the texts of overrides are kept as overrides. */
function sourceTexts(sources: Sources) {
  return [...sources.values()]
    .filter(({ file }) => !file.startsWith("--set "))
    .map(({ file, text }) => ({ path: file, text }));
}

function settingValue(value: Argument): SettingValue {
  if (typeof value !== "object" || value === null) return value;
  return "name" in value ? value.name : JSON.stringify(value);
}
