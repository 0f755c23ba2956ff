// What the functions of a program are fed: the inputs of the model under their names, and the targets.

import type { ValueType } from "@netwright/definitions";
import { type Builder, sizeOf, type TensorType, tensor, type Value } from "@netwright/ir";
import type { Model, TrainSettings } from "@netwright/lang";
import { type Loss, targetType } from "../losses/loss.ts";

/** By the names of the inputs, under which they are fed. */
export function inputParameters(b: Builder, model: Model, batch: number): ReadonlyMap<string, Value> {
  return new Map(model.inputs.map(({ name, type }) => [name, b.parameter(name, tensorOf(type, batch))]));
}

/** For a loss of this definition. */
export function targetParameter(
  b: Builder,
  model: Model,
  { target, quantiles, spread }: Pick<Loss, "target" | "quantiles" | "spread">,
  { loss: { args } }: Pick<TrainSettings, "loss">,
  batch: number,
): Value {
  const columns = quantiles(args) === null ? outputWidth(model) / (spread === true ? 2 : 1) : 1;
  return b.parameter("y", targetType(target, batch, columns));
}

/** Numbers that the network gives for each row; of several members each gives so many. */
export function outputWidth({ outputs }: Pick<Model, "outputs">): number {
  return outputs.reduce((sum, { type, members = 1 }) => sum + sizeOf(type.shape) / members, 0);
}

/** A batch of values of a type. */
export function tensorOf({ kind, shape }: ValueType, batch: number): TensorType {
  return tensor(kind === "index" ? "i32" : "f32", [batch, ...shape]);
}

/** Whether rows have weights, with which they are fed while training as well. */
export function isWeighted({ data }: Pick<Model, "data">): boolean {
  return data?.weight !== undefined;
}
