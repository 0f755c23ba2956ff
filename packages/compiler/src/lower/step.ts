// One training step: the loss of a batch, its gradients, the update of the weights.

import { lookUp } from "@netwright/definitions";
import { Builder, type Func, gradients, type Value } from "@netwright/ir";
import type { Model, TrainSettings } from "@netwright/lang";
import { Sampler } from "../random/sampling.ts";
import { regularizers } from "../regularizers/table.ts";
import { inputParameters, targetParameter } from "./feeds.ts";
import { forward } from "./forward.ts";
import { rowLosses } from "./functions.ts";
import { RANDOM, readState, type StateLayout, stateValue } from "./state.ts";
import { lowerUpdate } from "./update/update.ts";

/** The step, and the decompositions of its optimizer updates. `stepsPerEpoch` is asked for by schedules. */
export function lowerStep(
  model: Model,
  train: TrainSettings,
  layout: StateLayout,
  batch: number,
  stepsPerEpoch: () => number,
): readonly Func[] {
  const b = new Builder();
  const state = readState(b, layout);
  const inputs = inputParameters(b, model, batch);
  const y = targetParameter(b, model, train, batch);
  const random = state.get(RANDOM);
  const sampler = random === undefined ? null : new Sampler(b, random);
  const statistics = new Map<string, Value>();

  const prediction = forward({ b, variables: state, training: { sampler, statistics } }, model, inputs);
  const loss = b.at({ layer: "loss", ...spanOf(train, "loss") }, () =>
    addPenalties(b, layout, state, b.mean(rowLosses(b, train, prediction, y))),
  );
  const slopes = gradients(
    b,
    loss,
    layout.weights.map(({ id }) => stateValue(state, id)),
  );
  const { writes, decompositions } = b.at({ layer: "optimizer", ...spanOf(train, "optimizer") }, () =>
    lowerUpdate(b, { train, layout, state, gradients: slopes, stepsPerEpoch }),
  );
  for (const [name, value] of statistics) writes.push({ name, value });
  if (sampler !== null) writes.push({ name: RANDOM, value: sampler.state });
  return [
    b.finish(`step_${batch}`, "step", batch, [{ name: "loss", value: loss }], writes),
    ...decompositions,
  ];
}

function addPenalties(
  b: Builder,
  layout: StateLayout,
  state: ReadonlyMap<string, Value>,
  loss: Value,
): Value {
  return layout.weights.reduce((sum, { id, regularizer }) => {
    if (regularizer === null) return sum;
    const penalty = lookUp(regularizers, regularizer.name).build(b, stateValue(state, id), regularizer.args);
    return b.add(sum, penalty);
  }, loss);
}

function spanOf(train: TrainSettings, setting: string) {
  const span = train.spans[setting];
  return span === undefined ? {} : { span };
}
