// From a resolved model to a program: the state, and the functions for each batch size that will be needed.

import { type Func, optimize, type Program } from "@netwright/ir";
import type { Model } from "@netwright/lang";
import { type Definitions, definitions } from "../definitions.ts";
import { lowerEvaluate, lowerPredict, lowerTrace } from "./functions.ts";
import { lowerInit } from "./init.ts";
import { stateLayout } from "./state.ts";
import { lowerAccumulate, lowerStep } from "./step.ts";

/** The batch sizes of each function, and what else a training adds to the model. */
export interface LowerOptions {
  readonly step?: readonly number[];
  /** Of the batches that are not the last of their update, where several make one. */
  readonly accumulate?: readonly number[];
  readonly predict?: readonly number[];
  readonly evaluate?: readonly number[];
  readonly trace?: readonly number[];
  /** Batches in an epoch. Schedules need it; where it is not given, their `step` is an error. */
  readonly stepsPerEpoch?: number;
  /** What the names of the model stand for; Netwright's own where it is not given. */
  readonly definitions?: Definitions;
}

/**
 * Lowers and optimises. A program with `step` functions also has `init` and the optimizer's state; one without
 * holds the weights alone. `step` and `evaluate` need the model's `train` section.
 */
export function lower(model: Model, options: LowerOptions): Program {
  const { train } = model;
  const training = options.step !== undefined && options.step.length > 0;
  const layout = stateLayout(model, {
    train: training ? train : null,
    definitions: options.definitions ?? definitions,
  });
  const stepsPerEpoch = () => {
    if (options.stepsPerEpoch === undefined)
      throw new Error("a schedule needs the number of steps in an epoch");
    return options.stepsPerEpoch;
  };
  const settings = () => {
    if (train === null) throw new Error("a model without a train section can only predict");
    return train;
  };
  const trained = (batch: number) => ({ model, train: settings(), layout, batch, stepsPerEpoch });
  const functions: readonly Func[] = [
    ...(training ? [lowerInit(layout)] : []),
    ...distinct(options.step).flatMap((batch) => lowerStep(trained(batch))),
    ...distinct(options.accumulate).flatMap((batch) => lowerAccumulate(trained(batch))),
    ...distinct(options.evaluate).flatMap((batch) => lowerEvaluate(model, settings(), layout, batch)),
    ...distinct(options.predict).flatMap((batch) => lowerPredict(model, layout, batch)),
    ...distinct(options.trace).flatMap((batch) => lowerTrace(model, layout, batch)),
  ];
  return optimize({
    name: model.name,
    ...(train?.numerics === undefined ? {} : { numerics: train.numerics }),
    state: layout.variables,
    functions: withoutRepeats(functions),
  });
}

function distinct(sizes: readonly number[] | undefined): readonly number[] {
  return [...new Set(sizes)].filter((size) => size > 0);
}

/** Steps for several batch sizes share the decompositions of their updates. */
function withoutRepeats(functions: readonly Func[]): readonly Func[] {
  return [...new Map(functions.map((func) => [func.name, func])).values()];
}
