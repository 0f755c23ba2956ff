// Everything that decides a training run, before anything runs: the program with its batch sizes, the identity
// and the hashes.

import { choiceOf, lower, type MemberChoice, type Watched, watchedRate } from "@netwright/compiler";
import type { FittedEncoders, Prepared } from "@netwright/data";
import { at, type Program, print } from "@netwright/ir";
import type { Model, TrainSettings } from "@netwright/lang";
import {
  type Backend,
  type BackendInfo,
  batchSizes,
  type CompileOptions,
  evaluateChunk,
  type FusedBy,
  hashOfJson,
  hashText,
  type RunIdentity,
  runHash,
  type StopRule,
  splitsHash,
} from "@netwright/runtime";
import { catalog, type FullCatalog } from "../catalog/catalog.ts";
import { VERSION } from "../version.ts";
import type { InitialWeights } from "./initial-weights.ts";
import { trainingSplits } from "./training-splits.ts";

export interface RunPlan {
  readonly program: Program;
  /** Rows of its `evaluate` function. */
  readonly evaluateBatch: number;
  /** Gives every layer's output for `rows` rows: to be compiled when a number stops being finite. */
  readonly trace: { readonly rows: number; readonly program: () => Program };
  readonly stop: StopRule | null;
  /** Members of an ensemble in the network that are chosen once training is done; null for none. */
  readonly choose: MemberChoice | null;
  /** What goes by the validation loss; null for nothing. */
  readonly watched: Watched | null;
  readonly hash: { readonly ir: string; readonly data: string; readonly run: string };
  /** What computes fused product-sums; absent where there are none. */
  readonly fusedBy?: FusedBy;
  /** What training begins with; null for weights that are drawn. */
  readonly initial: InitialWeights | null;
  /** Part of the run's identity. */
  readonly backend: Pick<BackendInfo, "name" | "versions" | "devices">;
}

export async function planRun(
  model: Model,
  train: TrainSettings,
  prepared: Prepared,
  backend: Pick<Backend, "describe" | "fused">,
  { compiler: definitions }: Pick<FullCatalog, "compiler"> = catalog,
  initial: InitialWeights | null = null,
  options: CompileOptions = {},
): Promise<RunPlan> {
  const { program, evaluateBatch, rows } = programOf(model, train, prepared, definitions);
  const stop = stopRule(train);
  const watched = watchedRate(train.optimizer, definitions);
  const ir = hashText(print(program));
  const data = rowsHash(prepared);
  const identity = identityOf(await backend.describe(options));
  const run = runHash({
    ir,
    data,
    columns: columnsHash(prepared.encoders.fitted),
    seed: train.seed,
    batch: train.batch,
    accumulate: train.accumulate,
    evaluateBatch,
    epochs: train.epochs,
    stop,
    ...(watched === null ? {} : { watched: { name: watched.schedule.name, args: watched.schedule.args } }),
    ...(initial === null ? {} : { initial: initial.hash.weights }),
    ...toldOf(model, train, prepared),
    backend: identity,
    versions: { netwright: VERSION },
  });
  const fusedBy = program.numerics === undefined ? undefined : backend.fused?.();
  const trace = { rows, program: () => lower(model, { trace: [rows], definitions }) };
  const choose = choiceOf(model, definitions);
  return {
    program,
    evaluateBatch,
    trace,
    stop,
    choose,
    watched,
    hash: { ir, data, run },
    ...(fusedBy === undefined ? {} : { fusedBy }),
    initial,
    backend: identity,
  };
}

/** `rows` are those of its largest step. */
function programOf(
  model: Model,
  train: TrainSettings,
  prepared: Prepared,
  definitions: FullCatalog["compiler"],
) {
  const splits = trainingSplits(prepared);
  const steps = batchSizes(splits.train.rows, train.batch);
  // Validation rows are evaluated after every epoch, the others once.
  const evaluateBatch = evaluateChunk([splits.validation.rows, splits.test.rows, splits.train.rows]);
  const stepsPerEpoch = Math.ceil(splits.train.rows / train.batch);
  // The last batch of an epoch ends an update, so only full ones come before.
  const accumulate = train.accumulate > 1 && stepsPerEpoch > 1 ? [train.batch] : [];
  const sizes = { step: steps, accumulate, evaluate: [evaluateBatch] };
  const program = lower(model, { ...sizes, stepsPerEpoch, definitions });
  return { program, evaluateBatch, rows: at(steps, 0) };
}

/** The hash by which a run knows its rows again: that of the rows that training goes through. */
export function rowsHash(prepared: Pick<Prepared, "splits" | "taught">): string {
  return splitsHash(trainingSplits(prepared));
}

/** The same as of a plan, whatever computes it. */
export function irHashOf(
  model: Model,
  train: TrainSettings,
  prepared: Prepared,
  { compiler: definitions }: Pick<FullCatalog, "compiler">,
): string {
  return hashText(print(programOf(model, train, prepared, definitions).program));
}

/** Bounds, words and rules for what is missing or unknown need not meet a row of the table, and decide what is predicted. */
function columnsHash({ features, target }: FittedEncoders): string {
  return hashOfJson([features, target].map((columns) => columns.map(({ seen: _, ...column }) => column)));
}

/** Nothing where predictions are told as they are, so that the hash is what it was before any of it was part of it. */
function toldOf(
  { report: { spans: _, ...report } = { spans: {} } }: Pick<Model, "report">,
  { threshold }: Pick<TrainSettings, "threshold">,
  { encoders }: Prepared,
): Pick<RunIdentity, "told"> {
  const clamps = encoders.fitted.target.flatMap((column) =>
    column.kind === "number" && column.range !== undefined ? [column.name] : [],
  );
  const told = {
    ...(clamps.length === 0 ? {} : { clamps }),
    ...(threshold === undefined
      ? {}
      : {
          threshold:
            typeof threshold === "number" ? threshold : { name: threshold.name, args: threshold.args },
        }),
    ...(Object.keys(report).length === 0 ? {} : { report }),
  };
  return Object.keys(told).length === 0 ? {} : { told };
}

function identityOf({ name, versions, devices }: BackendInfo) {
  return { name, versions, ...(devices === undefined ? {} : { devices }) };
}

function stopRule({ stop }: TrainSettings): StopRule | null {
  if (stop === null) return null;
  const { patience, min_delta } = stop.args;
  if (typeof patience !== "number" || typeof min_delta !== "number") {
    throw new Error(`the runtime cannot carry out the stop rule ${stop.name}`);
  }
  return { patience, minDelta: min_delta };
}
