// One training run, from an opened project to its result.

import { hasError, type Span } from "@netwright/definitions";
import type { Diagnostic } from "@netwright/lang";
import {
  type Backend,
  backendProblem,
  type Checkpointing,
  type CompileOptions,
  checkPlan,
  checkpointMisfit,
  compile,
  isBackendError,
  type NumericsOptions,
  type RuntimeProblem,
  resumeProblem,
  type TrainingCallbacks,
  type TrainingPlan,
  type TrainingResult,
  train as trainProgram,
  unsupportedNumerics,
  unsupportedOps,
} from "@netwright/runtime";
import { cannotDivide } from "../backends/on-devices.ts";
import { fromRuntime, projectError } from "../project/diagnostics.ts";
import type { Project } from "../project/open-project.ts";
import { accept, type Checked, reject } from "../project/result.ts";
import { type CheckpointOptions, checkpointing } from "./checkpoints.ts";
import { type InitialWeights, initialWeights, weightsIn } from "./initial-weights.ts";
import type { KeptExecutable } from "./kept-executable.ts";
import { measureOf } from "./measure.ts";
import { planRun, type RunPlan } from "./plan-run.ts";
import type { InterruptedRun } from "./resume-changes.ts";
import { describeRun, type Trainable, type TrainedRun } from "./trained-run.ts";
import { trainingSplits } from "./training-splits.ts";

export interface RunOptions extends CheckpointOptions, NumericsOptions {
  readonly backend: Backend;
  readonly threads?: number;
  readonly callbacks?: TrainingCallbacks;
  /** When it aborts, training stops after the running step and leaves a checkpoint. */
  readonly signal?: AbortSignal;
  readonly resume?: InterruptedRun;
  /** Told before training which weights it begins with, where they are those of another run. */
  readonly onInitialWeights?: (initial: InitialWeights) => void;
  /** As `planRun` gives it for this project, where that is known. */
  readonly plan?: RunPlan;
  /** Takes the executable of the training before, and is left that of this one. */
  readonly executables?: KeptExecutable;
  /** Versions of what runs Netwright, for the record: `{ node: "20.19.0" }`. */
  readonly platform?: Readonly<Record<string, string>>;
  /** Milliseconds from some moment on; by default those of the machine. */
  readonly now?: () => number;
}

export async function runTraining(project: Project, options: RunOptions): Promise<Checked<TrainedRun>> {
  const trainable = checkTrainable(project);
  if (!trainable.ok) return trainable;
  const now = options.now ?? (() => performance.now());
  const started = now();
  const { model, train, prepared } = trainable.value;
  const { backend, resume } = options;
  const { diagnostics, sources } = project;
  const refuse = (...errors: readonly Diagnostic[]) => reject([...diagnostics, ...errors], sources);

  const initial = options.plan === undefined ? await initialWeights(model, project, resume?.record) : null;
  if (initial?.ok === false) return refuse(...initial.diagnostics);
  const plan =
    options.plan ??
    (await planRun(
      model,
      train,
      prepared,
      backend,
      project.catalog,
      initial?.value ?? null,
      threadsOf(options),
    ));
  const problems = [
    ...planProblems(plan, prepared),
    ...unsupportedNumerics(plan.program, backend, options).map((found) => at(found, train.spans["numerics"])),
    ...unsupportedOps(plan.program, backend),
    ...cannotDivide(plan.program, plan.backend.devices),
    ...(resume === undefined ? [] : await cannotResume(resume, trainable.value, plan)),
  ];
  if (problems.length > 0)
    return refuse(...problems.map((found) => fromRuntime(found, train.spans["train"])));

  if (plan.initial !== null && resume === undefined) options.onInitialWeights?.(plan.initial);
  try {
    const { note: _, ...info } = await backend.describe(threadsOf(options));
    const { platform } = options;
    const checkpoints = await checkpointing(
      trainable.value,
      plan,
      info,
      options,
      platform,
      resume?.checkpoint.checkpoint,
    );
    const { result, threads } = await execute(trainable.value, plan, options, checkpoints);
    const run = describeRun(
      trainable.value,
      plan,
      result,
      { ...info, threads: threads ?? info.threads },
      platform,
      (now() - started) / 1000,
    );
    return accept(run, diagnostics, sources);
  } catch (error) {
    if (!isBackendError(error)) throw error;
    return refuse(fromRuntime(backendProblem(error)));
  }
}

/** What is wrong with a plan, whatever computes it. */
export function planProblems(plan: RunPlan, { splits }: Trainable["prepared"]): readonly RuntimeProblem[] {
  return checkPlan({ splits, stop: plan.stop, ...byValidation(plan) });
}

/** Looks for what has changed only where something has. */
async function cannotResume(
  run: InterruptedRun,
  { project, model, train, prepared }: Trainable,
  { hash, backend, program }: RunPlan,
): Promise<readonly RuntimeProblem[]> {
  if (resumeProblem(run.checkpoint, hash.run) === null) {
    const steps = Math.ceil(trainingSplits(prepared).train.rows / train.batch);
    const extent = { variables: program.state, steps, epochs: train.epochs, stops: train.stop !== null };
    const misfit = checkpointMisfit(run.checkpoint.checkpoint, extent);
    return misfit === null ? [] : [misfit];
  }
  const { changesSince } = await import("./resume-changes.ts");
  const changes = await changesSince(run, { model, catalog: project.catalog, hash, backend });
  const found = resumeProblem(run.checkpoint, hash.run, changes);
  return found === null ? [] : [found];
}

/** A sound project with data and a train section. */
export function checkTrainable(project: Project): Checked<Trainable> {
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

function at(found: RuntimeProblem, span: Span | undefined): RuntimeProblem {
  return span === undefined ? found : { ...found, span };
}

function threadsOf({ threads }: RunOptions): CompileOptions {
  return threads === undefined ? {} : { threads };
}

/** What goes by the validation loss, beside early stopping. */
function byValidation({ watched, choose }: RunPlan): Pick<TrainingPlan, "control" | "choose"> {
  return {
    ...(watched === null ? {} : { control: watched.control }),
    ...(choose === null ? {} : { choose }),
  };
}

async function execute(
  { project, model, train, prepared }: Trainable,
  plan: RunPlan,
  options: RunOptions,
  checkpoints: Checkpointing | undefined,
): Promise<{ readonly result: TrainingResult; readonly threads: number | undefined }> {
  const { backend, callbacks, signal, resume, now } = options;
  const made = { ir: plan.hash.ir, backend, threads: options.threads };
  const executable =
    options.executables?.take(made) ?? (await compile(backend, plan.program, threadsOf(options)));
  const used = [executable];
  let threads: number | undefined;
  let isWhole = false;
  try {
    const result = await trainProgram({
      executable,
      variables: plan.program.state,
      splits: trainingSplits(prepared),
      ...(prepared.taught === undefined ? {} : { measured: prepared.splits.train }),
      measure: measureOf(model, prepared.encoders, project.catalog),
      batch: train.batch,
      accumulate: train.accumulate,
      evaluateBatch: plan.evaluateBatch,
      tracer: {
        rows: plan.trace.rows,
        compile: () => compile(backend, plan.trace.program(), threadsOf(options)),
      },
      epochs: train.epochs,
      seed: train.seed,
      stop: plan.stop,
      ...byValidation(plan),
      ...(plan.initial === null ? {} : { initial: weightsIn(plan.program, plan.initial) }),
      ...(callbacks === undefined ? {} : { callbacks }),
      ...(signal === undefined ? {} : { signal }),
      ...(resume === undefined ? {} : { resume: resume.checkpoint.checkpoint }),
      ...(checkpoints === undefined ? {} : { checkpoints }),
      ...(now === undefined ? {} : { now }),
      replacement: async () => {
        threads ??= executable.threads;
        // There may be memory for one alone.
        for (const each of used) each.dispose();
        // With one thread there is none that could be lost.
        const other = await compile(backend, plan.program, { threads: 1 });
        used.push(other);
        return other;
      },
    });
    isWhole = used.length === 1;
    return { result, threads: threads ?? executable.threads };
  } finally {
    // One that has lost a thread is of no use.
    if (isWhole && options.executables !== undefined) options.executables.put(made, executable);
    else for (const each of used) each.dispose();
  }
}
