// The functions of a program that run the network as it is: predict, evaluate and trace, each for one batch size, and
// what they refer to behind them.

import { some } from "@netwright/definitions";
import { Builder, type Func, type NamedValue, ROW_WEIGHT, sizeOf, tensor, type Value } from "@netwright/ir";
import type { Model, TrainSettings } from "@netwright/lang";
import { forAllMembers, ofAllMembers } from "../losses/average.ts";
import type { Now } from "../schedules/schedule.ts";
import { inputParameters, targetParameter } from "./feeds.ts";
import { forward } from "./forward.ts";
import { lossOf, predicted } from "./predicted.ts";
import { readLayers, readModel, type StateLayout } from "./state.ts";

export function lowerPredict(model: Model, layout: StateLayout, batch: number): readonly Func[] {
  const name = `predict_${batch}`;
  const b = new Builder();
  const variables = readModel(b, layout);
  const { prediction } = predicted({ b, name, layout, variables }, model, batch);
  return [b.finish(name, "predict", batch, [{ name: "prediction", value: prediction }]), ...b.functions];
}

/**
 * Results are the outputs of all layers under their names, with the weights that training changes, and behind them what layers
 * show of their inside, as `shownName` calls it.
 */
export function lowerTrace(model: Model, layout: StateLayout, batch: number): readonly Func[] {
  const name = `trace_${batch}`;
  const b = new Builder();
  const variables = readLayers(b, layout);
  const outputs: NamedValue[] = [];
  const shown: NamedValue[] = [];
  forward(
    {
      name,
      b,
      definitions: layout.definitions,
      variables,
      training: null,
      visit: (node, value) => outputs.push({ name: node.name, value }),
      show: (node, inside, value) => shown.push({ name: shownName(node.name, inside), value }),
    },
    model,
    inputParameters(b, model, batch),
  );
  return [b.finish(name, "trace", batch, [...outputs, ...shown]), ...b.functions];
}

/** `multi_head_attention_1.attention` */
export function shownName(layer: string, inside: string): string {
  return `${layer}.${inside}`;
}

export function lowerEvaluate(
  model: Model,
  train: TrainSettings,
  layout: StateLayout,
  batch: number,
): readonly Func[] {
  const name = `evaluate_${batch}`;
  const b = new Builder();
  const variables = readModel(b, layout);
  const { output, prediction } = predicted({ b, name, layout, variables }, model, batch);
  const y = targetParameter(b, model, lossOf(layout, train), train, batch);
  const weight = b.parameter(ROW_WEIGHT, tensor("f32", [batch]));
  const counted = weighted(b, rowLosses(b, layout, train, output, y), weight);
  const results = [
    { name: "loss_sum", value: b.sum(counted) },
    { name: "weight_sum", value: b.sum(weight) },
    { name: "prediction", value: prediction },
  ];
  return [b.finish(name, "evaluate", batch, results), ...b.functions];
}

/** Loss times weight. A row of weight 0 costs nothing, whatever its loss: it may stand for a row that is not there. */
export function weighted(b: Builder, losses: Value, weight: Value): Value {
  const zero = b.like(weight, 0);
  return b.select(b.compare(weight, "EQ", zero), zero, b.multiply(losses, weight));
}

/** The loss of each row, [rows]: of several members the mean of theirs. Only while training. */
export function trainingLosses(
  b: Builder,
  layout: StateLayout,
  { outputs }: Pick<Model, "outputs">,
  train: TrainSettings,
  output: Value,
  y: Value,
  now: Now,
): Value {
  const { members } = some(outputs)[0];
  if (members === undefined) return rowLosses(b, layout, train, output, y, now);
  const all = forAllMembers(b, y, members);
  const losses = rowLosses(b, layout, train, ofAllMembers(b, output), all, now);
  const [rows = 0] = output.type.shape;
  const sum = b.sum(b.reshape(losses, [rows, members]), [1]);
  return b.divide(sum, b.like(sum, members));
}

/** The loss of each row, [rows]; while training with `now`. The network's output is read as [rows x outputs]. */
function rowLosses(
  b: Builder,
  layout: StateLayout,
  train: TrainSettings,
  output: Value,
  y: Value,
  now?: Now,
): Value {
  const [rows = 0, ...others] = output.type.shape;
  const flat = others.length === 1 ? output : b.reshape(output, [rows, sizeOf(others)]);
  return lossOf(layout, train).build(b, flat, y, train.loss.args, now);
}
