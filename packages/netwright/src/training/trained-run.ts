// What a training run leaves: the bundle to save, and what is to be said about it.

import { columnsOfNumbers, type OpenEncoders, type Prepared, thresholdOf } from "@netwright/data";
import type { Argument, SplitName } from "@netwright/definitions";
import type { Program } from "@netwright/ir";
import { type Diagnostic, isOverride, type Model, type Sources, type TrainSettings } from "@netwright/lang";
import {
  type BackendInfo,
  describeFailure,
  type Evaluations,
  type MetricUse,
  type ModelFile,
  RUN_FORMAT,
  type RunBundle,
  type RunRecord,
  type SettingValue,
  type SourceText,
  type SplitRecord,
  type TrainingResult,
  weightsHash,
  withShapes,
} from "@netwright/runtime";
import { keptModel } from "../model/kept-model.ts";
import { fromRuntime } from "../project/diagnostics.ts";
import type { Project } from "../project/open-project.ts";
import { VERSION } from "../version.ts";
import { baselineMetrics, naiveMetrics, tellingSplit, worseThanBaseline } from "./baseline.ts";
import { judge, unmet, type Verdict } from "./expectations.ts";
import { isCentred, metricsOf } from "./measure.ts";
import { memberRates } from "./member-rates.ts";
import type { RunPlan } from "./plan-run.ts";
import { settleTarget } from "./settle-target.ts";
import { teacherMetrics } from "./teacher-metrics.ts";
import { unlearned } from "./unlearned.ts";

/** A project with all that training needs. */
export interface Trainable {
  readonly project: Project;
  readonly model: Model;
  readonly train: TrainSettings;
  readonly prepared: Prepared;
}

export interface TrainedRun {
  readonly bundle: RunBundle;
  readonly program: Program;
  readonly result: TrainingResult;
  readonly verdicts: readonly Verdict[];
  readonly encoders: OpenEncoders;
  /** How many members of an ensemble in the network predict, where they are chosen; null where none are. */
  readonly chosen: { readonly members: number; readonly of: number } | null;
  /** Why training failed, which expectations were not met, and a model worse than the mean; empty for a good run. */
  readonly findings: readonly Diagnostic[];
}

/** `platform` are versions of what runs Netwright; `total` seconds of everything so far. */
export function describeRun(
  trained: Trainable,
  plan: RunPlan,
  ended: TrainingResult,
  backend: BackendInfo,
  platform: Readonly<Record<string, string>> | undefined,
  total: number,
): TrainedRun {
  const { project, model } = trained;
  const { prepared, result } = settleTarget(model, trained.prepared, ended, project.catalog);
  const trainable = { ...trained, prepared };
  const { program, hash } = plan;
  const verdicts = result.status === "interrupted" ? [] : judge(model.expect, result.evaluations);
  const file = modelFile(trainable, plan, result, platform);
  const chosen = chosenOf(plan, result);
  const { validation } = result.evaluations;
  const rates =
    result.status === "non_finite" ? memberRates(model, result.lastGood, program, project.catalog) : null;
  const record = runRecord(trainable, plan, result, file, verdicts, backend, total);
  return {
    program,
    result,
    verdicts,
    encoders: prepared.encoders,
    chosen,
    findings:
      result.status === "non_finite"
        ? [
            fromRuntime(
              describeFailure(result.failure, {
                program,
                ...(rates === null ? {} : { rates }),
                features: columnsOfNumbers(prepared.encoders),
                target: prepared.target,
              }),
            ),
          ]
        : [
            ...faultOf(result),
            ...unmet(verdicts, project.sources),
            ...(result.status === "interrupted"
              ? []
              : [
                  ...unlearned(model, prepared.encoders, validation, chosen, project.catalog),
                  ...worse(record.splits, prepared.encoders, isCentred(model, project.catalog)),
                ]),
          ],
    bundle: {
      model: file,
      record,
      history: result.history,
      checkpoint: result.status === "interrupted" ? { run: hash.run, checkpoint: result.checkpoint } : null,
    },
  };
}

/** What ended a training that nobody asked to end. */
function faultOf(result: TrainingResult): readonly Diagnostic[] {
  if (result.status !== "interrupted" || result.fault === undefined) return [];
  const { message, remedy } = result.fault;
  const { epoch, step } = result.checkpoint;
  const at = step === 0 ? `the end of epoch ${epoch - 1}` : `step ${step} of epoch ${epoch}`;
  return [
    fromRuntime({
      code: "NW0806",
      message: `Training was interrupted: ${message}.`,
      notes: [`What was trained up to ${at} is kept, and training can go on from there.`, remedy],
    }),
  ];
}

function worse(splits: RunRecord["splits"], encoders: OpenEncoders, centred: boolean): readonly Diagnostic[] {
  const name = tellingSplit(splits);
  const split = splits[name];
  return split === null || !centred
    ? []
    : worseThanBaseline(`${name === "train" ? "training" : name} rows`, split, encoders);
}

function modelFile(
  { project, model, prepared }: Trainable,
  { program, hash }: RunPlan,
  result: TrainingResult,
  platform: Readonly<Record<string, string>> | undefined,
): ModelFile {
  const sources = sourceTexts(project.sources);
  const overrides = Object.fromEntries(project.overrides.map(({ path, value }) => [path, value]));
  return {
    name: model.name,
    sources,
    overrides,
    model: keptModel(model, { sources, overrides }),
    resolved: Object.fromEntries(
      model.params.map(({ name, value }) => [name, settingValue(drawnBy(model, name) ?? value)]),
    ),
    encoders: prepared.encoders.fitted,
    irHash: hash.ir,
    versions: { netwright: VERSION, ...platform },
    weights: withShapes(program.state, result.weights),
  };
}

function runRecord(
  { project, model, train, prepared }: Trainable,
  { hash, initial, fusedBy }: RunPlan,
  result: TrainingResult,
  { name, overrides, versions, weights }: ModelFile,
  verdicts: readonly Verdict[],
  backend: BackendInfo,
  total: number,
): RunRecord {
  const threshold = thresholdOf(prepared.encoders);
  return {
    format: RUN_FORMAT,
    name,
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
    ...(initial === null ? {} : { initial: { hash: initial.hash, layers: initial.layers } }),
    ...(fusedBy === undefined ? {} : { numerics: { rounding: "fused", by: fusedBy } }),
    ...(threshold === null ? {} : { threshold }),
    splits: splitRecords(result.evaluations, prepared, metricsOf(model, project.catalog)),
    expectations: verdicts.map(({ outcome }) => outcome),
    failure: result.status === "non_finite" ? result.failure : null,
    seconds: { total, train: result.seconds },
  };
}

function splitRecords(
  evaluations: Evaluations,
  { encoders, splits }: Prepared,
  uses: readonly MetricUse[],
): RunRecord["splits"] {
  const record = (name: SplitName): SplitRecord | null => {
    const evaluation = evaluations[name];
    if (evaluation === null) return null;
    const { rows, loss, metrics, confusion } = evaluation;
    const baseline = baselineMetrics(encoders, splits[name], uses);
    const naive = naiveMetrics(encoders, splits[name], uses);
    const teacher = teacherMetrics(encoders, splits[name], uses);
    return {
      rows,
      loss,
      metrics,
      ...(baseline === null ? {} : { baseline }),
      ...(naive === null ? {} : { naive }),
      ...(teacher === null ? {} : { teacher }),
      ...(confusion === null ? {} : { confusion }),
    };
  };
  return { train: record("train"), validation: record("validation"), test: record("test") };
}

/** The files; the texts of overrides are kept as overrides. */
export function sourceTexts(sources: Sources): readonly SourceText[] {
  return [...sources.values()]
    .filter((source) => !isOverride(source))
    .map(({ file, text }) => ({ path: file, text }));
}

/** What the members of an ensemble drew of a param; undefined for one that is not drawn. */
function drawnBy({ draws = [] }: Model, param: string): Argument | undefined {
  return draws.find(({ name }) => name === param)?.values;
}

function settingValue(value: Argument): SettingValue {
  if (typeof value !== "object" || value === null) return value;
  return "name" in value ? value.name : JSON.stringify(value);
}

function chosenOf({ choose }: RunPlan, { weights }: TrainingResult): TrainedRun["chosen"] {
  if (choose === null) return null;
  const choice = weights.get(choose.id) ?? [];
  return { members: Array.from(choice).filter((predicts) => predicts === 1).length, of: choose.count };
}
