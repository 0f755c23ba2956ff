// The update of all weights in a training step, in stages: learning rate, decay, rule.

import { at, type Builder, type Func, type NamedValue, type Value } from "@netwright/ir";
import type { TrainSettings } from "@netwright/lang";
import { RATE_FACTOR, STEP, type StateLayout, slotId, stateValue } from "../state.ts";
import { learningRate } from "./learning-rate.ts";
import { createRule } from "./rule.ts";

export interface UpdateInputs {
  readonly train: TrainSettings;
  readonly layout: StateLayout;
  /** All variables by name. */
  readonly state: ReadonlyMap<string, Value>;
  /** In order of the weights. */
  readonly gradients: readonly Value[];
  readonly stepsPerEpoch: () => number;
}

export interface Update {
  /** The variables that change. */
  readonly writes: NamedValue[];
  readonly decompositions: readonly Func[];
}

export function lowerUpdate(b: Builder, inputs: UpdateInputs): Update {
  const { train, layout, state, gradients, stepsPerEpoch } = inputs;
  const before = stateValue(state, STEP);
  const step = b.add(before, b.scalar(1, "i32"));
  const clock = {
    step: b.convert(before, "f32"),
    perEpoch: stepsPerEpoch,
    total: () => stepsPerEpoch() * train.epochs,
  };
  const rate = learningRate(b, train.optimizer, clock, state.get(RATE_FACTOR));
  const rule = createRule(b, train.optimizer, { t: b.convert(step, "f32"), rate });

  const writes: NamedValue[] = [{ name: STEP, value: step }];
  for (const [i, { id }] of layout.weights.entries()) {
    const weight = stateValue(state, id);
    const slots = layout.slots.map((slot) => stateValue(state, slotId(id, slot)));
    const updated = rule.apply({ weight, gradient: at(gradients, i), slots });
    writes.push({ name: id, value: updated.weight });
    for (const [j, slot] of layout.slots.entries()) {
      writes.push({ name: slotId(id, slot), value: at(updated.slots, j) });
    }
  }
  return { writes, decompositions: rule.decompositions() };
}
