// A graph of layers: each is computed once all that it takes is there.

import { quote } from "@netwright/definitions";
import type { ForeignGraph } from "../foreign-graph.ts";
import {
  callsOf,
  type Origin,
  originsIn,
  originsOf,
  placesOfCalls,
  type RawCall,
  type RawTaken,
} from "./inbound.ts";
import { fieldOf } from "./json.ts";
import type { LayerSpec, Taken } from "./layer-call.ts";

/** What a layer is called with. */
export interface Called {
  readonly args: readonly Taken[];
  readonly kwargs: ReadonlyMap<string, Taken>;
  /** Which of the calls of the layer, from 0 on. */
  readonly call: number;
}

export interface GraphLayer {
  readonly spec: LayerSpec;
  /** As the file has it. */
  readonly json: unknown;
}

export interface Walk {
  readonly g: ForeignGraph;
  readonly layers: readonly GraphLayer[];
  /** The value of an input; null after a refusal. */
  readonly input: (layer: GraphLayer) => string | null;
  /** The values that a layer gives; null after a refusal. */
  readonly call: (layer: GraphLayer, called: Called) => readonly string[] | null;
}

/** `given` are the values of its inputs, where others give them. Null after a refusal. */
export function graphOutputs(
  config: unknown,
  given: readonly string[] | null,
  walk: Walk,
): readonly string[] | null {
  const { g, layers } = walk;
  const inputs = originsIn(fieldOf(config, "input_layers"));
  const outputs = originsIn(fieldOf(config, "output_layers"));
  if (outputs.length === 0) {
    g.refuse("The model", "does not say which layer gives its output");
    return null;
  }
  const byName = new Map(layers.map((one) => [one.spec.name, one]));
  const calls = new Map(layers.map(({ json, spec }) => [spec.name, callsOf(json)]));
  const placeOf = placesOfCalls(calls, outputs);
  const values = new Map<string, readonly string[] | null>();
  const keyOf = ({ layer, call }: Origin) => `${call} ${layer}`;
  const valueFor = (origin: Origin) => valueAt(origin, values.get(keyOf(origin)), g);
  for (const [i, origin] of inputs.entries()) if (given !== null) values.set(keyOf(origin), [given[i] ?? ""]);

  const waiting = new Set<string>();
  /** What it has to be computed behind; none where that is done. */
  const step = (origin: Origin): readonly Origin[] => {
    const key = keyOf(origin);
    const give = (value: readonly string[] | null): readonly Origin[] => {
      values.set(key, value);
      return [];
    };
    const refuse = (what: string, why: string): readonly Origin[] => {
      g.refuse(what, why);
      return give(null);
    };
    const layer = byName.get(origin.layer);
    if (layer === undefined)
      return refuse("The model", `takes a value of layer ${quote(origin.layer)}, which it has not`);
    const what = `Layer ${quote(layer.spec.name)}`;
    if (layer.spec.className === "InputLayer") {
      const input = walk.input(layer);
      return give(input === null ? null : [input]);
    }
    const call = placeOf(origin);
    const raw = calls.get(origin.layer)?.[call];
    if (raw === undefined) return refuse(what, "is not called as its file says");
    const missing = takenBy(raw).filter((one) => !values.has(keyOf(one)));
    if (missing.length > 0) {
      if (waiting.has(key)) return refuse(what, "takes what follows from it");
      waiting.add(key);
      return missing;
    }
    const resolved = resolve(raw, valueFor);
    return give(resolved === null ? null : walk.call(layer, { ...resolved, call }));
  };
  /** Depth first, with a stack of its own: chains of layers may be long. */
  const compute = (wanted: Origin): void => {
    const stack = [wanted];
    for (let origin = stack.at(-1); origin !== undefined; origin = stack.at(-1)) {
      if (values.has(keyOf(origin))) stack.pop();
      // The first of them is looked at first.
      else stack.push(...step(origin).toReversed());
    }
  };

  // All inputs first, in their order.
  if (given === null) for (const origin of inputs) compute(origin);
  for (const origin of outputs) compute(origin);
  const all = outputs.flatMap((origin) => valueFor(origin) ?? []);
  return all.length === outputs.length ? all : null;
}

/** Which steps are padding follows from the layers before, in Netwright as in Keras. */
function isMask(name: string): boolean {
  return name === "mask";
}

function takenBy({ args, kwargs }: RawCall): readonly Origin[] {
  const named = [...kwargs].flatMap(([name, taken]) => (isMask(name) ? [] : [taken]));
  return [...args, ...named].flatMap(originsOf);
}

function valueAt(
  { layer, output }: Origin,
  values: readonly string[] | null | undefined,
  g: ForeignGraph,
): string | null {
  if (values === null || values === undefined) return null;
  const value = values[output];
  if (value !== undefined) return value;
  g.refuse(`Layer ${quote(layer)}`, `gives ${output + 1} values, and a layer of Netwright gives one`);
  return null;
}

function resolve(
  { args, kwargs }: RawCall,
  valueFor: (origin: Origin) => string | null,
): Pick<Called, "args" | "kwargs"> | null {
  let isWhole = true;
  const taken = (raw: RawTaken): Taken => {
    if (raw.kind === "plain") return raw;
    if (raw.kind === "list") return { kind: "list", of: raw.of.map(taken) };
    const name = valueFor(raw.origin);
    if (name === null) isWhole = false;
    return { kind: "tensor", name: name ?? "" };
  };
  const own = [...kwargs].filter(([name]) => !isMask(name));
  const resolved = {
    args: args.map(taken),
    kwargs: new Map(own.map(([name, raw]) => [name, taken(raw)] as const)),
  };
  return isWhole ? resolved : null;
}
