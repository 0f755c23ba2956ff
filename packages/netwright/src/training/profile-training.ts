// Times the kernels of a training's step, on the rows and with the weights of the training.

import { batches, feedsOf } from "@netwright/data";
import {
  type Batch,
  backendProblem,
  type CompileOptions,
  isBackendError,
  type Profile,
  type ProfilingBackend,
} from "@netwright/runtime";
import { fromRuntime } from "../project/diagnostics.ts";
import type { Project } from "../project/open-project.ts";
import { accept, type Checked, reject } from "../project/result.ts";
import type { TrainedRun } from "./trained-run.ts";
import { trainingSplits } from "./training-splits.ts";

/** More rows would only push one another out of the cache between two steps. */
const BATCHES = 8;

/** Nothing of the run is changed: the step runs on a copy of its weights. */
export async function profileTraining(
  { model, prepared }: Project,
  { program, result }: TrainedRun,
  backend: ProfilingBackend,
  options: CompileOptions = {},
): Promise<Checked<Profile>> {
  if (prepared === undefined || !model?.train) throw new Error("a project that was trained has data");
  const { train } = trainingSplits(prepared);
  const [first, ...rest] = batches(train.rows, model.train.batch);
  const taken = first === undefined ? [] : [first, ...rest.filter(({ count }) => count === first.count)];
  const input = {
    state: result.weights,
    batches: taken
      .slice(0, BATCHES)
      .map(({ start, count }): Batch => ({ rows: count, feeds: feedsOf(train, start, count) })),
  };
  const needed = program.functions.filter(
    ({ kind, batch }) => kind === "composite" || (kind === "step" && batch === first?.count),
  );
  try {
    return accept(await backend.profile({ ...program, functions: needed }, input, options));
  } catch (error) {
    if (!isBackendError(error)) throw error;
    return reject([fromRuntime(backendProblem(error))]);
  }
}
