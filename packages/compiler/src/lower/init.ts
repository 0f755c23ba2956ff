// `init(seed)`: the state before the first step.

import { lookUp } from "@netwright/definitions";
import { Builder, type Func, type StateVariable, tensor, type Value } from "@netwright/ir";
import { randomState, Sampler } from "../random/sampling.ts";
import { averageId, type StateLayout, sharedId, slotId } from "./state.ts";
import type { ModelVariable } from "./variables.ts";

export function lowerInit(layout: StateLayout): Func {
  const b = new Builder();
  const seed = b.parameter("seed", tensor("u32"));
  const sampler = new Sampler(b, randomState(b, seed, "init"));

  const layers = new Map<string, Value>();
  for (const variable of layout.layers) {
    const { span } = variable.initializer;
    const at = { layer: variable.node.name, ...(span === undefined ? {} : { span }) };
    layers.set(
      variable.id,
      b.at(at, () => started(b, sampler, variable, layout)),
    );
  }

  const averages = new Map(layout.averaged.map(({ id }) => [averageId(id), layers.get(id)]));

  const starts = new Map([
    ...layout.trained.flatMap(({ id }) =>
      Object.entries(layout.slots).map(([slot, start]): [string, number] => [slotId(id, slot), start]),
    ),
    ...Object.entries(layout.shared).map(([name, start]): [string, number] => [sharedId(name), start]),
  ]);

  const zeros = ({ type }: StateVariable): Value => b.fill(type, 0);
  const initial: { readonly [R in StateVariable["role"]]: (variable: StateVariable) => Value | undefined } = {
    weight: ({ name }) => layers.get(name),
    statistic: ({ name }) => layers.get(name),
    average: ({ name }) => averages.get(name),
    slot: ({ name, type }) => b.fill(type, starts.get(name) ?? 0),
    gradient: zeros,
    counter: zeros,
    control: ({ type }) => b.fill(type, 1),
    random: () => randomState(b, seed, "dropout"),
  };
  const writes = layout.variables.map((variable) => {
    const value = initial[variable.role](variable);
    if (value === undefined) throw new Error(`no start value for ${variable.name}`);
    return { name: variable.name, value };
  });
  return b.finish("init", "init", 0, [], writes);
}

/** Of a stack, each by itself: how many inputs and outputs a weight connects is then that of one of them. The same of parts. */
function started(
  b: Builder,
  sampler: Sampler,
  { shape, initializer, starts, stacked }: ModelVariable,
  { definitions }: StateLayout,
): Value {
  const start = (of: readonly number[], { name, args }: ModelVariable["initializer"]): Value =>
    lookUp(definitions.initializer, name).build(b, sampler, of, args);
  if (starts !== undefined) {
    const front = shape.slice(0, -1);
    const parts = starts.map((part) => start([...front, part.width], part.initializer));
    return b.concatenate(parts, front.length);
  }
  if (stacked !== true) return start(shape, initializer);
  const [count = 1, ...own] = shape;
  const each = Array.from({ length: count }, () => b.reshape(start(own, initializer), [1, ...own]));
  return b.concatenate(each, 0);
}
