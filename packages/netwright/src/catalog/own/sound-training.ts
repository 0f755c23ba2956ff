// Definitions of a user's own of which training is made, held to the values that they have to give.

import type { Definitions, Optimizer, Schedule } from "@netwright/compiler";
import { tensor } from "@netwright/ir";
import { isValue, kindOf, requireObject, requireValue } from "./require.ts";

type Of<F extends keyof Definitions> = Definitions[F] extends ReadonlyMap<string, infer D> ? D : never;

export function soundActivation(activation: Of<"activation">): Of<"activation"> {
  return {
    ...activation,
    build: (b, x, args) => requireValue(activation.build(b, x, args), x.type, "what it is of is"),
  };
}

export function soundInitializer(initializer: Of<"initializer">): Of<"initializer"> {
  return {
    ...initializer,
    build: (b, sampler, shape, args) =>
      requireValue(initializer.build(b, sampler, shape, args), tensor("f32", shape), "the weight is"),
  };
}

export function soundRegularizer(regularizer: Of<"regularizer">): Of<"regularizer"> {
  return {
    ...regularizer,
    build: (b, weight, args) =>
      requireValue(regularizer.build(b, weight, args), tensor("f32"), "a penalty is"),
  };
}

export function soundConstraint(constraint: Of<"constraint">): Of<"constraint"> {
  return {
    ...constraint,
    build: (b, weight, args) => requireValue(constraint.build(b, weight, args), weight.type, "the weight is"),
  };
}

export function soundOptimizer(optimizer: Optimizer): Optimizer {
  return {
    ...optimizer,
    step: (b, step, args) => {
      const made = requireObject(optimizer.step(b, step, args), "`{ scalars }`");
      requireCount(made.scalars, null, "scalars");
      return made;
    },
    update: (b, inputs, args) => {
      const made = requireObject(optimizer.update(b, inputs, args), "`{ weight, slots }`");
      requireValue(made.weight, inputs.weight.type, "the weight is");
      requireCount(made.slots, inputs.slots.length, "slots");
      for (const [i, slot] of inputs.slots.entries()) requireValue(made.slots[i], slot.type, "the slot is");
      return made;
    },
  };
}

export function soundSchedule(schedule: Schedule): Schedule {
  return {
    ...schedule,
    at: (b, clock, args) => {
      const made = schedule.at(b, clock, args);
      if (!isValue(made)) throw new Error(`it gives ${kindOf(made)}, expected a value of the builder`);
      return requireValue(made, { ...made.type, dtype: "f32" }, "a number of the step is");
    },
  };
}

function requireCount(list: unknown, count: number | null, what: string): void {
  if (Array.isArray(list) && (count === null || list.length === count)) return;
  const found = Array.isArray(list) ? String(list.length) : kindOf(list);
  throw new Error(`it gives ${found} as ${what}, expected ${count ?? "a list"}`);
}
