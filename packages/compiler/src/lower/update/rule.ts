// The rule of the optimizer, with the decay of the weights before it: one composite for each weight, with its
// decomposition. Operands: weight, gradient, slots, learning rate, scalars. Results: weight, slots.

import { type Args, type Instance, lookUp } from "@netwright/definitions";
import { Builder, type Func, type NamedValue, tensor, type Value } from "@netwright/ir";
import type { Definitions } from "../../definitions.ts";
import type { Optimizer, StepInputs } from "../../optimizers/optimizer.ts";
import { decayed } from "./decay.ts";

interface Update {
  readonly weight: Value;
  readonly gradient: Value;
  readonly slots: readonly Value[];
}

export interface Rule {
  /** What is kept for all weights alike after this step, in the order of the optimizer. */
  readonly shared: readonly Value[];
  /** The new weight and the new slots. */
  readonly apply: (update: Update) => { readonly weight: Value; readonly slots: readonly Value[] };
  /** The decompositions used so far, one for each shape. */
  readonly decompositions: () => readonly Func[];
}

/** `role` tells the decompositions apart of optimizers that are one but for their arguments. */
export function createRule(
  b: Builder,
  { optimizer: known }: Pick<Definitions, "optimizer">,
  { name, args }: Instance,
  step: StepInputs,
  role?: string,
): Rule {
  const optimizer = lookUp(known, name);
  const slotNames = Object.keys(optimizer.slots(args));
  const { scalars, shared = step.shared } = optimizer.step(b, step, args);
  const composite = compositeOf(optimizer, args);
  const decompositions = new Map<string, Func>();

  return {
    shared,
    decompositions: () => [...decompositions.values()],
    apply: ({ weight, gradient, slots }) => {
      const { shape } = weight.type;
      const decomposition = [name, ...(role === undefined ? [] : [role]), "update", ...shape].join("_");
      if (!decompositions.has(decomposition)) {
        decompositions.set(decomposition, decompose(decomposition, optimizer, args, shape, scalars.length));
      }
      const operands = [weight, gradient, ...slots, step.rate, ...scalars];
      const [newWeight, ...newSlots] = b.emit("composite", operands, {
        ...composite,
        decomposition,
        types: [weight.type, ...slotNames.map(() => weight.type)],
      });
      if (newWeight === undefined) throw new Error("an optimizer update has the new weight as first result");
      return { weight: newWeight, slots: newSlots };
    },
  };
}

function decompose(
  name: string,
  optimizer: Optimizer,
  args: Args,
  shape: readonly number[],
  scalarCount: number,
): Func {
  const b = new Builder();
  const type = tensor("f32", shape);
  const weight = b.parameter("weight", type);
  const gradient = b.parameter("gradient", type);
  const slotNames = Object.keys(optimizer.slots(args));
  const slots = slotNames.map((slot) => b.parameter(slot, type));
  const rate = b.parameter("learning_rate", tensor("f32"));
  const scalars = Array.from({ length: scalarCount }, (_, i) => b.parameter(`scalar_${i}`, tensor("f32")));
  const spread = (scalar: Value): Value => b.spread(scalar, shape);
  const updated = optimizer.update(
    b,
    {
      weight: decayed(b, weight, rate, optimizer.decay(args)),
      gradient,
      slots,
      rate: spread(rate),
      scalars: scalars.map(spread),
    },
    args,
  );
  const results: NamedValue[] = [
    { name: "weight", value: updated.weight },
    ...updated.slots.map((value, i) => ({ name: slotNames[i] ?? `slot_${i}`, value })),
  ];
  return b.finish(name, "composite", 0, results);
}

interface Composite {
  readonly composite: string;
  readonly settings: Readonly<Record<string, number>>;
}

/**
 * Name and settings, for backends that know the update by them; the learning rate is an operand. A variant is another
 * rule under a name of its own, and where it is off the rule is the one that it always was.
 */
function compositeOf(
  { name, variants }: Pick<Optimizer, "name" | "variants">,
  { learning_rate: _, ...args }: Args,
): Composite {
  const numbers = Object.entries(args).flatMap(([key, value]): [string, number][] => {
    if (typeof value === "number") return [[key, value]];
    return typeof value === "boolean" ? [[key, value ? 1 : 0]] : [];
  });
  const isOff = ([key, value]: [string, number]) => value === 0 && variants.includes(key);
  const settings = Object.fromEntries(numbers.filter((one) => !isOff(one)));
  const others = variants.filter((variant) => variant in settings);
  return { composite: `optimizer_update.${[name, ...others].join("_")}`, settings };
}
