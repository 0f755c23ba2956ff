// The functions of a program that run the network as it is: predict, evaluate and trace, each for one batch size.

import { lookUp } from "@netwright/definitions";
import { Builder, type Func, type NamedValue, ROW_WEIGHT, sizeOf, tensor, type Value } from "@netwright/ir";
import type { Model, TrainSettings } from "@netwright/lang";
import { losses } from "../losses/table.ts";
import { inputParameters, targetParameter } from "./feeds.ts";
import { forward } from "./forward.ts";
import { readLayers, readModel, type StateLayout } from "./state.ts";

/** What the network gives, as a prediction. */
function linked(b: Builder, train: TrainSettings | null, output: Value): Value {
  return train === null ? output : lookUp(losses, train.loss.name).link(b, output, train.loss.args);
}

export function lowerPredict(model: Model, layout: StateLayout, batch: number): Func {
  const b = new Builder();
  const variables = readModel(b, layout);
  const output = forward({ b, variables, training: null }, model, inputParameters(b, model, batch));
  const prediction = linked(b, model.train, output);
  return b.finish(`predict_${batch}`, "predict", batch, [{ name: "prediction", value: prediction }]);
}

/** Results are the outputs of all layers under their names, with the weights that training changes. */
export function lowerTrace(model: Model, layout: StateLayout, batch: number): Func {
  const b = new Builder();
  const variables = readLayers(b, layout);
  const outputs: NamedValue[] = [];
  forward(
    { b, variables, training: null, visit: (node, value) => outputs.push({ name: node.name, value }) },
    model,
    inputParameters(b, model, batch),
  );
  return b.finish(`trace_${batch}`, "trace", batch, outputs);
}

export function lowerEvaluate(model: Model, train: TrainSettings, layout: StateLayout, batch: number): Func {
  const b = new Builder();
  const variables = readModel(b, layout);
  const inputs = inputParameters(b, model, batch);
  const y = targetParameter(b, model, train, batch);
  const output = forward({ b, variables, training: null }, model, inputs);
  const prediction = linked(b, train, output);
  const weight = b.parameter(ROW_WEIGHT, tensor("f32", [batch]));
  const counted = weighted(b, rowLosses(b, train, output, y), weight);
  return b.finish(`evaluate_${batch}`, "evaluate", batch, [
    { name: "loss_sum", value: b.sum(counted) },
    { name: "weight_sum", value: b.sum(weight) },
    { name: "prediction", value: prediction },
  ]);
}

/** Loss times weight. A row of weight 0 costs nothing, whatever its loss: it may stand for a row that is not there. */
function weighted(b: Builder, losses: Value, weight: Value): Value {
  const zero = b.like(weight, 0);
  return b.select(b.compare(weight, "EQ", zero), zero, b.multiply(losses, weight));
}

/** The loss of each row, [rows]. The network's output is read as [rows x outputs]. */
export function rowLosses(b: Builder, { loss }: TrainSettings, output: Value, y: Value): Value {
  const [rows = 0, ...others] = output.type.shape;
  const flat = others.length === 1 ? output : b.reshape(output, [rows, sizeOf(others)]);
  return lookUp(losses, loss.name).build(b, flat, y, loss.args);
}
