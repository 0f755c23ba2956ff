// The functions of a program that run the network: step, predict, evaluate and trace, each for one batch size.

import { lookUp } from "@netwright/definitions";
import {
  Builder,
  type Func,
  gradients,
  type NamedValue,
  ROW_WEIGHT,
  sizeOf,
  tensor,
  type Value,
} from "@netwright/ir";
import type { Model, TrainSettings } from "@netwright/lang";
import { losses } from "../losses/table.ts";
import { Sampler } from "../random/sampling.ts";
import { regularizers } from "../regularizers/table.ts";
import { forward } from "./forward.ts";
import { RANDOM, readModel, readState, STEP, type StateLayout, slotId, stateValue } from "./state.ts";
import { createUpdater } from "./update.ts";

function inputParameter(b: Builder, model: Model, batch: number): Value {
  return b.parameter("x", tensor("f32", [batch, ...model.input]));
}

function targetParameter(b: Builder, model: Model, batch: number): Value {
  return b.parameter("y", tensor("f32", [batch, sizeOf(model.output)]));
}

export function lowerPredict(model: Model, layout: StateLayout, batch: number): Func {
  const b = new Builder();
  const weights = readModel(b, layout);
  const prediction = forward({ b, weights, sampler: null }, model.nodes, inputParameter(b, model, batch));
  return b.finish(`predict_${batch}`, "predict", batch, [{ name: "prediction", value: prediction }]);
}

/** Results are the outputs of all layers under their names. */
export function lowerTrace(model: Model, layout: StateLayout, batch: number): Func {
  const b = new Builder();
  const weights = readModel(b, layout);
  const outputs: NamedValue[] = [];
  forward(
    { b, weights, sampler: null, visit: (node, value) => outputs.push({ name: node.name, value }) },
    model.nodes,
    inputParameter(b, model, batch),
  );
  return b.finish(`trace_${batch}`, "trace", batch, outputs);
}

export function lowerEvaluate(model: Model, train: TrainSettings, layout: StateLayout, batch: number): Func {
  const b = new Builder();
  const weights = readModel(b, layout);
  const x = inputParameter(b, model, batch);
  const y = targetParameter(b, model, batch);
  const prediction = forward({ b, weights, sampler: null }, model.nodes, x);
  const weight = b.parameter(ROW_WEIGHT, tensor("f32", [batch]));
  const counted = weighted(b, rowLosses(b, train, prediction, y), weight);
  return b.finish(`evaluate_${batch}`, "evaluate", batch, [
    { name: "loss_sum", value: b.sum(counted) },
    { name: "weight_sum", value: b.sum(weight) },
    { name: "prediction", value: prediction },
  ]);
}

/** One training step, and the decompositions of its optimizer updates. */
export function lowerStep(
  model: Model,
  train: TrainSettings,
  layout: StateLayout,
  batch: number,
): readonly Func[] {
  const b = new Builder();
  const state = readState(b, layout);
  const x = inputParameter(b, model, batch);
  const y = targetParameter(b, model, batch);
  const random = state.get(RANDOM);
  const sampler = random === undefined ? null : new Sampler(b, random);

  const prediction = forward({ b, weights: state, sampler }, model.nodes, x);
  const loss = b.at({ layer: "loss", ...spanOf(train, "loss") }, () =>
    addPenalties(b, layout, state, b.mean(rowLosses(b, train, prediction, y))),
  );
  const weightValues = layout.weights.map(({ id }) => stateValue(state, id));
  const weightGradients = gradients(b, loss, weightValues);

  const next = new Map<string, Value>();
  const decompositions = b.at({ layer: "optimizer", ...spanOf(train, "optimizer") }, () => {
    const step = b.add(stateValue(state, STEP), b.scalar(1, "i32"));
    next.set(STEP, step);
    const updater = createUpdater(b, train.optimizer, b.convert(step, "f32"));
    for (const [i, { id }] of layout.weights.entries()) {
      const [weight, gradient] = [weightValues[i], weightGradients[i]];
      if (weight === undefined || gradient === undefined) throw new Error(`no gradient for ${id}`);
      const slots = layout.slots.map((slot) => stateValue(state, slotId(id, slot)));
      const updated = updater.apply({ weight, gradient, slots });
      next.set(id, updated.weight);
      for (const [j, slot] of layout.slots.entries()) {
        const value = updated.slots[j];
        if (value !== undefined) next.set(slotId(id, slot), value);
      }
    }
    return updater.decompositions();
  });
  if (sampler !== null) next.set(RANDOM, sampler.state);

  const writes = [...next].map(([name, value]) => ({ name, value }));
  return [
    b.finish(`step_${batch}`, "step", batch, [{ name: "loss", value: loss }], writes),
    ...decompositions,
  ];
}

/** Loss times weight. A row of weight 0 costs nothing, whatever its loss: it may stand for a row that is not there. */
function weighted(b: Builder, losses: Value, weight: Value): Value {
  const zero = b.like(weight, 0);
  return b.select(b.compare(weight, "EQ", zero), zero, b.multiply(losses, weight));
}

/** The loss of each row, [rows]. The network's output is read as [rows x outputs]. */
function rowLosses(b: Builder, { loss }: TrainSettings, prediction: Value, y: Value): Value {
  const flat = prediction.type.shape.length === 2 ? prediction : b.reshape(prediction, y.type.shape);
  return lookUp(losses, loss.name).build(b, flat, y, loss.args);
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
