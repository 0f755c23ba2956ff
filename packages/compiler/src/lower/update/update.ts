// The update of all weights in a training step, in stages: accumulated gradients, clip, decay, rule, constraint, average.

import { at, type Builder, type Func, type NamedValue, type Value } from "@netwright/ir";
import type { TrainSettings } from "@netwright/lang";
import { clockOf } from "../clock.ts";
import { averageId, STEP, type StateLayout, sharedId, slotId, stateValue } from "../state.ts";
import { emptied, meanOfAll } from "./accumulate.ts";
import { averaged } from "./average.ts";
import { clipped } from "./clip.ts";
import { constrained } from "./constraint.ts";
import { learningRate } from "./learning-rate.ts";
import { createRules } from "./rules.ts";
import { RATE_FACTOR } from "./watched.ts";

export interface UpdateInputs {
  readonly train: TrainSettings;
  readonly layout: StateLayout;
  /** All variables by name. */
  readonly state: ReadonlyMap<string, Value>;
  /** In order of the weights that are trained. */
  readonly gradients: readonly Value[];
  /** Of the batch. */
  readonly rows: number;
  readonly stepsPerEpoch: () => number;
}

export interface Update {
  /** The variables that change. */
  readonly writes: readonly NamedValue[];
  readonly decompositions: readonly Func[];
}

export function lowerUpdate(b: Builder, inputs: UpdateInputs): Update {
  const { train, layout, state, rows, stepsPerEpoch } = inputs;
  const accumulates = train.accumulate > 1;
  const step = b.add(stateValue(state, STEP), b.scalar(1, "i32"));
  const clock = clockOf(b, state, train, layout.definitions, stepsPerEpoch);
  const t = b.convert(step, "f32");
  const rate = learningRate(b, train.optimizer, clock, state.get(RATE_FACTOR));
  const shared = Object.keys(layout.shared).map((name) => stateValue(state, sharedId(name)));
  const rules = createRules(b, layout.definitions, train, { t, rate, shared }, (schedule) =>
    clock.rateOf(b, schedule, clock),
  );

  const all = accumulates ? meanOfAll(b, layout, state, inputs.gradients, rows) : inputs.gradients;
  const gradients = clipped(b, all, train);
  const writes: NamedValue[] = [
    { name: STEP, value: step },
    ...(accumulates ? emptied(b, layout, state) : []),
    ...Object.keys(layout.shared).map((name, i) => ({
      name: sharedId(name),
      value: at(rules.plain.shared, i),
    })),
  ];
  const slotNames = Object.keys(layout.slots);
  for (const [i, variable] of layout.trained.entries()) {
    const { id } = variable;
    const weight = stateValue(state, id);
    const slots = slotNames.map((slot) => stateValue(state, slotId(id, slot)));
    const updated = rules.of(variable.name).apply({ weight, gradient: at(gradients, i), slots });
    const next = constrained(b, layout.definitions, updated.weight, variable);
    writes.push({ name: id, value: next });
    if (train.weight_average !== null) {
      const before = stateValue(state, averageId(id));
      const value = averaged(b, before, next, train.weight_average, t);
      writes.push({ name: averageId(id), value });
    }
    for (const [j, slot] of slotNames.entries()) {
      writes.push({ name: slotId(id, slot), value: at(updated.slots, j) });
    }
  }
  return { writes, decompositions: rules.decompositions() };
}
