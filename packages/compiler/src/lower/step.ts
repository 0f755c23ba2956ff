// Training on a batch: its loss, the gradients of that, and the update of the weights or, where several batches make
// one update, the sums for it.

import { lookUp, some } from "@netwright/definitions";
import {
  Builder,
  type Func,
  gradients,
  type NamedValue,
  ROW_WEIGHT,
  tensor,
  type Value,
} from "@netwright/ir";
import type { Model, TrainSettings } from "@netwright/lang";
import { Sampler } from "../random/sampling.ts";
import { clockOf, nowBy } from "./clock.ts";
import { inputParameters, isWeighted, outputWidth, targetParameter } from "./feeds.ts";
import { forward } from "./forward.ts";
import { trainingLosses } from "./functions.ts";
import { type Batch, type BatchTarget, mixed } from "./mixup.ts";
import { lossOf } from "./predicted.ts";
import { RANDOM, readState, type StateLayout, stateValue } from "./state.ts";
import { teachingParameters } from "./teacher.ts";
import { addedUp } from "./update/accumulate.ts";
import { lowerUpdate } from "./update/update.ts";
import { weighted } from "./weighted.ts";

/** A batch that is not the last of its update, and what it refers to. */
export function lowerAccumulate(trained: TrainedBatch): readonly Func[] {
  const { train, layout, batch } = trained;
  const name = `accumulate_${batch}`;
  const b = new Builder();
  const { state, loss, slopes, others } = lossAndGradients(b, name, trained);
  const writes = b.at({ layer: "optimizer", ...spanOf(train, "accumulate") }, () =>
    addedUp(b, layout, state, slopes, batch),
  );
  return [b.finish(name, "accumulate", batch, [loss], [...writes, ...others]), ...b.functions];
}

/** The step, and what it refers to: decompositions of its optimizer updates. `stepsPerEpoch` is asked for by schedules. */
export function lowerStep(trained: TrainedBatch): readonly Func[] {
  const { train, layout, batch, stepsPerEpoch } = trained;
  const name = `step_${batch}`;
  const b = new Builder();
  const { state, loss, slopes, others } = lossAndGradients(b, name, trained);
  const { writes, decompositions } = b.at({ layer: "optimizer", ...spanOf(train, "optimizer") }, () =>
    lowerUpdate(b, { train, layout, state, gradients: slopes, rows: batch, stepsPerEpoch }),
  );
  const step = b.finish(name, "step", batch, [loss], [...writes, ...others]);
  return [step, ...b.functions, ...decompositions];
}

interface Trained {
  readonly state: ReadonlyMap<string, Value>;
  readonly loss: NamedValue;
  /** In order of the weights that are trained. */
  readonly slopes: readonly Value[];
  /** What changes with every batch: statistics, the state of the generator. */
  readonly others: readonly NamedValue[];
}

/** What a function trains, and on how many rows. */
export interface TrainedBatch {
  readonly model: Model;
  readonly train: TrainSettings;
  readonly layout: StateLayout;
  /** Rows. */
  readonly batch: number;
  readonly stepsPerEpoch: () => number;
}

/** `name` is that of the function that is built. */
function lossAndGradients(
  b: Builder,
  name: string,
  { model, train, layout, batch, stepsPerEpoch }: TrainedBatch,
): Trained {
  const state = readState(b, layout);
  const now = nowBy(b, () => clockOf(b, state, train, layout.definitions, stepsPerEpoch));
  const given = inputParameters(b, model, batch);
  const y = targetParameter(b, model, lossOf(layout, train), train, batch);
  const weight = isWeighted(model) ? b.parameter(ROW_WEIGHT, tensor("f32", [batch])) : null;
  const teaching = teachingParameters(b, model, lossOf(layout, train), outputWidth(model), batch);
  const random = state.get(RANDOM);
  const sampler = random === undefined ? null : new Sampler(b, random);
  const { mixup } = train;
  const { inputs, targets }: Batch =
    mixup === undefined || sampler === null
      ? { inputs: given, targets: [{ y, weight }] }
      : b.at({ layer: "mixup", ...spanOf(train, "mixup") }, () =>
          mixed(b, sampler, mixup, given, { y, weight }),
        );
  const statistics = new Map<string, Value>();

  const prediction = forward(
    {
      name,
      b,
      definitions: layout.definitions,
      variables: state,
      training: { sampler, statistics, frozen: layout.frozen, now },
    },
    model,
    inputs,
  );
  const loss = b.at({ layer: "loss", ...spanOf(train, "loss") }, () =>
    addPenalties(
      b,
      layout,
      state,
      meanLoss(
        b,
        targets.map(({ y, weight }) => ({
          losses: trainingLosses(b, layout, model, train, prediction, { y, teaching }, now),
          weight,
        })),
      ),
    ),
  );
  const slopes = gradients(
    b,
    loss,
    layout.trained.map(({ id }) => stateValue(state, id)),
  );
  return {
    state,
    loss: { name: "loss", value: loss },
    slopes,
    others: [
      ...[...statistics].map(([name, value]) => ({ name, value })),
      ...(sampler === null ? [] : [{ name: RANDOM, value: sampler.state }]),
    ],
  };
}

/** The losses of rows to one of their targets, and what they count. */
interface RowLosses extends Pick<BatchTarget, "weight"> {
  readonly losses: Value;
}

/** Over rows and not over their weights, which are 1 on average: so a batch of heavy rows moves the weights further. */
function meanLoss(b: Builder, of: readonly RowLosses[]): Value {
  const [first, ...others] = some(
    of.map(({ losses, weight }) => (weight === null ? losses : weighted(b, losses, weight))),
  );
  return b.mean(others.reduce((sum, losses) => b.add(sum, losses), first));
}

function addPenalties(
  b: Builder,
  layout: StateLayout,
  state: ReadonlyMap<string, Value>,
  loss: Value,
): Value {
  return layout.trained.reduce((sum, { id, regularizer }) => {
    if (regularizer === null) return sum;
    const penalty = lookUp(layout.definitions.regularizer, regularizer.name).build(
      b,
      stateValue(state, id),
      regularizer.args,
    );
    return b.add(sum, penalty);
  }, loss);
}

function spanOf(train: TrainSettings, setting: string) {
  const span = train.spans[setting];
  return span === undefined ? {} : { span };
}
