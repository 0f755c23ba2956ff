// The rule of the optimizer, with the decay of the weights before it: one composite for each weight, with its
// decomposition. Operands: weight, gradient, slots, learning rate, scalars, and a decay that changes. Results: weight, slots.
// Where members of an ensemble have learning rates of their own, what else would be a scalar is a number for each as well.

import { type Args, type Instance, lookUp } from "@netwright/definitions";
import { Builder, type Func, type NamedValue, tensor, type Value } from "@netwright/ir";
import type { Definitions } from "../../definitions.ts";
import type { Optimizer, StepInputs } from "../../optimizers/optimizer.ts";
import { eachOf, joined, membersOfNumber, spreadOver } from "./by-member.ts";
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
  const members = membersOfNumber(step.rate);
  const steps = eachOf(b, step.rate).map((rate) => optimizer.step(b, { ...step, rate }, args));
  const [first] = steps;
  const { shared = step.shared } = first ?? {};
  const scalars = (first?.scalars ?? []).map((scalar, i) =>
    members === undefined
      ? scalar
      : joined(
          b,
          steps.flatMap(({ scalars: own }) => own[i] ?? []),
        ),
  );
  const composite = compositeOf(optimizer, args, [
    ...(decay === null ? [] : ["scheduled_decay"]),
    ...(members === undefined ? [] : ["by_member"]),
  ]);
  const decompositions = new Map<string, Func>();

  return {
    shared,
    decompositions: () => [...decompositions.values()],
    apply: ({ weight, gradient, slots }) => {
      const { shape } = weight.type;
      const decomposition = [name, ...(role === undefined ? [] : [role]), "update", ...shape].join("_");
      if (!decompositions.has(decomposition)) {
        const operands = { shape, members, scalars: scalars.length, decays: decay !== null };
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
  /** Of which each has numbers of its own; undefined where they are scalars. */
  readonly members: number | undefined;
  /** How many. */
  readonly scalars: number;
  /** Whether the weight decay is an operand. */
  readonly decays: boolean;
}

function decompose(name: string, optimizer: Optimizer, args: Args, operands: Operands): Func {
  const { shape, members } = operands;
  const b = new Builder();
  const type = tensor("f32", shape);
  const weight = b.parameter("weight", type);
  const gradient = b.parameter("gradient", type);
  const slotNames = Object.keys(optimizer.slots(args));
  const slots = slotNames.map((slot) => b.parameter(slot, type));
  const number = tensor("f32", members === undefined ? [] : [members]);
  const rate = b.parameter("learning_rate", number);
  const scalars = Array.from({ length: operands.scalars }, (_, i) => b.parameter(`scalar_${i}`, number));
  const decay = operands.decays ? b.parameter("weight_decay", number) : fixedDecay(optimizer, args);
  const spread = (value: Value): Value => spreadOver(b, value, shape);
  const updated = optimizer.update(
    b,
    {
      weight: decayed(b, weight, rate, decay),
      gradient,
      slots,
      rate: spread(rate),
      scalars: scalars.map(spread),
      byMember: members !== undefined,
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
 * rule under a name of its own, and where it is off the rule is the one that it always was. `more` says what else is another rule: a decay that changes, rates of members.
 */
function compositeOf(
  { name, variants }: Pick<Optimizer, "name" | "variants">,
  { learning_rate: _, ...args }: Args,
  more: readonly string[],
): Composite {
  const numbers = Object.entries(args).flatMap(([key, value]): [string, number][] => {
    if (typeof value === "number") return [[key, value]];
    return typeof value === "boolean" ? [[key, value ? 1 : 0]] : [];
  });
  const isOff = ([key, value]: [string, number]) => value === 0 && variants.includes(key);
  const settings = Object.fromEntries(numbers.filter((one) => !isOff(one)));
  const others = variants.filter((variant) => variant in settings);
  return { composite: `optimizer_update.${[name, ...others, ...more].join("_")}`, settings };
}
