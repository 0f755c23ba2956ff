// The optimizer's part of a training step: one composite for each weight, with its decomposition.

import { type Args, type Instance, lookUp } from "@netwright/definitions";
import { Builder, type Func, type NamedValue, tensor, type Value } from "@netwright/ir";
import type { Optimizer } from "../optimizers/optimizer.ts";
import { optimizers } from "../optimizers/table.ts";

interface Update {
  readonly weight: Value;
  readonly gradient: Value;
  readonly slots: readonly Value[];
}

export interface Updater {
  /** The new weight and the new slots. */
  readonly apply: (update: Update) => { readonly weight: Value; readonly slots: readonly Value[] };
  /** The decompositions used so far, one for each shape. */
  readonly decompositions: () => readonly Func[];
}

/** `t` is the number of this step, from 1, as an f32 scalar. */
export function createUpdater(b: Builder, { name, args }: Instance, t: Value): Updater {
  const optimizer = lookUp(optimizers, name);
  const slotNames = optimizer.slots(args);
  const scalars = optimizer.scalars(b, t, args);
  const decompositions = new Map<string, Func>();

  return {
    decompositions: () => [...decompositions.values()],
    apply: ({ weight, gradient, slots }) => {
      const { shape } = weight.type;
      const decomposition = [name, "update", ...shape].join("_");
      if (!decompositions.has(decomposition)) {
        decompositions.set(decomposition, decompose(decomposition, optimizer, args, shape, scalars.length));
      }
      const [newWeight, ...newSlots] = b.emit("composite", [weight, gradient, ...slots, ...scalars], {
        composite: `optimizer_update.${name}`,
        settings: numbersOf(args),
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
  const slotNames = optimizer.slots(args);
  const slots = slotNames.map((slot) => b.parameter(slot, type));
  const scalars = Array.from({ length: scalarCount }, (_, i) => b.parameter(`scalar_${i}`, tensor("f32")));
  const updated = optimizer.update(
    b,
    { weight, gradient, slots, scalars: scalars.map((scalar) => b.spread(scalar, shape)) },
    args,
  );
  const results: NamedValue[] = [
    { name: "weight", value: updated.weight },
    ...updated.slots.map((value, i) => ({ name: slotNames[i] ?? `slot_${i}`, value })),
  ];
  return b.finish(name, "composite", 0, results);
}

/** The settings as numbers, for backends that know the update by name. */
function numbersOf(args: Args): Readonly<Record<string, number>> {
  return Object.fromEntries(
    Object.entries(args).flatMap(([key, value]) => {
      if (typeof value === "number") return [[key, value]];
      return typeof value === "boolean" ? [[key, value ? 1 : 0]] : [];
    }),
  );
}
