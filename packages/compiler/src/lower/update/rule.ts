// The rule of the optimizer, with the decay of the weights before it: one composite for each weight, with its
// decomposition. Operands: weight, gradient, slots, learning rate, scalars, and a decay that changes. Results: weight, slots.

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

export interface RuleOptions {
  /** What a weight decay is in this step that changes, an f32 scalar; null for one that is a number. */
  readonly decay: Value | null;
  /** Tells the decompositions apart of optimizers that are one but for their arguments. */
  readonly role?: string;
}

export function createRule(
  b: Builder,
  { optimizer: known }: Pick<Definitions, "optimizer">,
  { name, args }: Instance,
  step: StepInputs,
  { decay, role }: RuleOptions,
): Rule {
  const optimizer = lookUp(known, name);
  const slotNames = Object.keys(optimizer.slots(args));
  const { scalars, shared = step.shared } = optimizer.step(b, step, args);
  const composite = compositeOf(optimizer, args, decay !== null);
  const decompositions = new Map<string, Func>();

  return {
    shared,
    decompositions: () => [...decompositions.values()],
    apply: ({ weight, gradient, slots }) => {
      const { shape } = weight.type;
      const decomposition = [name, ...(role === undefined ? [] : [role]), "update", ...shape].join("_");
      if (!decompositions.has(decomposition)) {
        const operands = { shape, scalars: scalars.length, decays: decay !== null };
        decompositions.set(decomposition, decompose(decomposition, optimizer, args, operands));
      }
      const operands = [
        weight,
        gradient,
        ...slots,
        step.rate,
        ...scalars,
        ...(decay === null ? [] : [decay]),
      ];
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

interface Operands {
  /** Of the weight. */
  readonly shape: readonly number[];
  /** How many. */
  readonly scalars: number;
  /** Whether the weight decay is an operand. */
  readonly decays: boolean;
}

function decompose(name: string, optimizer: Optimizer, args: Args, operands: Operands): Func {
  const { shape } = operands;
  const b = new Builder();
  const type = tensor("f32", shape);
  const weight = b.parameter("weight", type);
  const gradient = b.parameter("gradient", type);
  const slotNames = Object.keys(optimizer.slots(args));
  const slots = slotNames.map((slot) => b.parameter(slot, type));
  const rate = b.parameter("learning_rate", tensor("f32"));
  const scalars = Array.from({ length: operands.scalars }, (_, i) =>
    b.parameter(`scalar_${i}`, tensor("f32")),
  );
  const decay = operands.decays ? b.parameter("weight_decay", tensor("f32")) : fixedDecay(optimizer, args);
  const spread = (scalar: Value): Value => b.spread(scalar, shape);
  const updated = optimizer.update(
    b,
    {
      weight: decayed(b, weight, rate, decay),
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

function fixedDecay(optimizer: Optimizer, args: Args): number {
  const decay = optimizer.decay(args);
  if (typeof decay !== "number") throw new Error(`the weight decay of ${optimizer.name} is no operand`);
  return decay;
}

interface Composite {
  readonly composite: string;
  readonly settings: Readonly<Record<string, number>>;
}

/**
 * Name and settings, for backends that know the update by them; the learning rate is an operand. A variant is another
 * rule under a name of its own, and where it is off the rule is the one that it always was. So is a decay that changes.
 */
function compositeOf(
  { name, variants }: Pick<Optimizer, "name" | "variants">,
  { learning_rate: _, ...args }: Args,
  decays: boolean,
): Composite {
  const numbers = Object.entries(args).flatMap(([key, value]): [string, number][] => {
    if (typeof value === "number") return [[key, value]];
    return typeof value === "boolean" ? [[key, value ? 1 : 0]] : [];
  });
  const isOff = ([key, value]: [string, number]) => value === 0 && variants.includes(key);
  const settings = Object.fromEntries(numbers.filter((one) => !isOff(one)));
  const others = variants.filter((variant) => variant in settings);
  const more = decays ? ["scheduled_decay"] : [];
  return { composite: `optimizer_update.${[name, ...others, ...more].join("_")}`, settings };
}
