// From a resolved model to a program: the state, and the functions for each batch size that will be needed.

import { type Func, optimize, type Program } from "@netwright/ir";
import type { Model } from "@netwright/lang";
import { lowerEvaluate, lowerPredict, lowerStep, lowerTrace } from "./functions.ts";
import { lowerInit } from "./init.ts";
import { stateLayout } from "./state.ts";

/** The batch sizes of each function. */
export interface BatchSizes {
  readonly step?: readonly number[];
  readonly predict?: readonly number[];
  readonly evaluate?: readonly number[];
  readonly trace?: readonly number[];
}

/**
 * Lowers and optimises. A program with `step` functions also has `init` and the optimizer's state; one without
 * holds the weights alone. `step` and `evaluate` need the model's `train` section.
 */
export function lower(model: Model, sizes: BatchSizes): Program {
  const { train } = model;
  const training = sizes.step !== undefined && sizes.step.length > 0;
  const layout = stateLayout(model, training && train !== null ? train.optimizer : null);
  const settings = () => {
    if (train === null) throw new Error("a model without a train section can only predict");
    return train;
  };
  const functions: readonly Func[] = [
    ...(training ? [lowerInit(layout)] : []),
    ...distinct(sizes.step).flatMap((batch) => lowerStep(model, settings(), layout, batch)),
    ...distinct(sizes.evaluate).map((batch) => lowerEvaluate(model, settings(), layout, batch)),
    ...distinct(sizes.predict).map((batch) => lowerPredict(model, layout, batch)),
    ...distinct(sizes.trace).map((batch) => lowerTrace(model, layout, batch)),
  ];
  return optimize({ name: model.name, state: layout.variables, functions: withoutRepeats(functions) });
}

function distinct(sizes: readonly number[] | undefined): readonly number[] {
  return [...new Set(sizes)].filter((size) => size > 0);
}

/** Steps for several batch sizes share the decompositions of their updates. */
function withoutRepeats(functions: readonly Func[]): readonly Func[] {
  return [...new Map(functions.map((func) => [func.name, func])).values()];
}
