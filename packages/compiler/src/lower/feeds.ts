// What the functions of a program are fed: the inputs of the model under their names, and the targets.

import type { ValueType } from "@netwright/definitions";
import { type Builder, sizeOf, type TensorType, tensor, type Value } from "@netwright/ir";
import type { Model, ModelInput } from "@netwright/lang";
import { type Loss, targetType } from "../losses/loss.ts";

/** The only input is `x`, whatever it is called; several have their names. */
export function feedName(model: Pick<Model, "inputs">, { name }: Pick<ModelInput, "name">): string {
  return model.inputs.length === 1 ? "x" : name;
}

/** By the name of the input in the model. */
export function inputParameters(b: Builder, model: Model, batch: number): ReadonlyMap<string, Value> {
  return new Map(
    model.inputs.map((input) => [
      input.name,
      b.parameter(feedName(model, input), tensorOf(input.type, batch)),
    ]),
  );
}

/** For a loss of this definition. */
export function targetParameter(
  b: Builder,
  model: Model,
  { target }: Pick<Loss, "target">,
  batch: number,
): Value {
  return b.parameter("y", targetType(target, batch, outputWidth(model)));
}

/** Numbers that the network gives for each row. */
export function outputWidth({ outputs }: Pick<Model, "outputs">): number {
  return outputs.reduce((sum, { type }) => sum + sizeOf(type.shape), 0);
}

/** A batch of values of a type. */
export function tensorOf({ kind, shape }: ValueType, batch: number): TensorType {
  return tensor(kind === "index" ? "i32" : "f32", [batch, ...shape]);
}
