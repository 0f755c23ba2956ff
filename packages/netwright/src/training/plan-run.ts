// Everything that decides a training run, before anything runs: the program with its batch sizes, the identity
// and the hashes.

import { lower } from "@netwright/compiler";
import type { Prepared } from "@netwright/data";
import { type Program, print } from "@netwright/ir";
import type { Model, TrainSettings } from "@netwright/lang";
import {
  type Backend,
  type BackendInfo,
  batchSizes,
  hashText,
  runHash,
  type StopRule,
  splitsHash,
} from "@netwright/runtime";
import { VERSION } from "../version.ts";

/** Rows of one `evaluate` call. */
export const EVALUATE_BATCH = 256;

export interface RunPlan {
  readonly program: Program;
  readonly traceBatch: number;
  readonly stop: StopRule | null;
  readonly hash: { readonly ir: string; readonly data: string; readonly run: string };
  /** Part of the run's identity. */
  readonly backend: Pick<BackendInfo, "name" | "versions">;
}

export async function planRun(
  model: Model,
  train: TrainSettings,
  prepared: Prepared,
  backend: Backend,
): Promise<RunPlan> {
  const { splits } = prepared;
  const steps = batchSizes(splits.train.rows, train.batch);
  const traceBatch = steps[0] ?? 1;
  const program = lower(model, {
    step: steps,
    evaluate: Object.values(splits).flatMap(({ rows }) => batchSizes(rows, EVALUATE_BATCH)),
    trace: [traceBatch],
  });
  const stop = stopRule(train);
  const ir = irHash(program);
  const data = splitsHash(splits);
  const identity = identityOf(await backend.describe());
  const run = runHash({
    ir,
    data,
    seed: train.seed,
    batch: train.batch,
    evaluateBatch: EVALUATE_BATCH,
    epochs: train.epochs,
    stop,
    backend: identity,
    versions: { netwright: VERSION },
  });
  return { program, traceBatch, stop, hash: { ir, data, run }, backend: identity };
}

/** Trace functions only watch: they are no part of what a program means. */
export function irHash(program: Program): string {
  return hashText(print({ ...program, functions: program.functions.filter(({ kind }) => kind !== "trace") }));
}

function identityOf({ name, versions }: BackendInfo) {
  return { name, versions };
}

function stopRule({ stop }: TrainSettings): StopRule | null {
  if (stop === null) return null;
  const { patience, min_delta } = stop.args;
  if (typeof patience !== "number" || typeof min_delta !== "number") {
    throw new Error(`the runtime cannot carry out the stop rule ${stop.name}`);
  }
  return { patience, minDelta: min_delta };
}
