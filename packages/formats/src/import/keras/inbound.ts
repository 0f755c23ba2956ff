// Which calls of layers a graph has, and what each takes: as Keras 2, Keras 3 and TensorFlow.js write it.

import { isObject } from "@netwright/definitions";
import { fieldOf, listIn, objectIn, textIn } from "./json.ts";

/** Where a value comes from: the layer, which of its calls, which of its outputs. */
export interface Origin {
  readonly layer: string;
  readonly call: number;
  readonly output: number;
}

export interface RawCall {
  readonly args: readonly RawTaken[];
  readonly kwargs: ReadonlyMap<string, RawTaken>;
}

export type RawTaken =
  | { readonly kind: "origin"; readonly origin: Origin }
  | { readonly kind: "list"; readonly of: readonly RawTaken[] }
  | { readonly kind: "plain"; readonly value: unknown };

/**
 * Which of the calls in the file one is. Some files leave out a call that belongs to no output, such as the one that a model was built by, and
 * those behind it keep their numbers.
 */
export function placesOfCalls(
  calls: ReadonlyMap<string, readonly RawCall[]>,
  outputs: readonly Origin[],
): (origin: Origin) => number {
  const numbers = new Map<string, Set<number>>();
  for (const { layer, call } of [...outputs, ...[...calls.values()].flat().flatMap(originsOfCall)]) {
    const own = numbers.get(layer) ?? new Set<number>();
    numbers.set(layer, own.add(call));
  }
  return ({ layer, call }) => {
    const own = [...(numbers.get(layer) ?? [])].sort((a, b) => a - b);
    const isWhole = own.every((one) => one < (calls.get(layer)?.length ?? 0));
    return isWhole ? call : own.indexOf(call);
  };
}

function originsOfCall({ args, kwargs }: RawCall): readonly Origin[] {
  return [...args, ...kwargs.values()].flatMap(originsOf);
}

export function originsOf(taken: RawTaken): readonly Origin[] {
  if (taken.kind === "origin") return [taken.origin];
  return taken.kind === "list" ? taken.of.flatMap(originsOf) : [];
}

/** `["x", 0, 0]`, or `[["x", 0, 0], ...]`. */
export function originsIn(value: unknown): readonly Origin[] {
  const one = originIn(value);
  if (one !== null) return [one];
  if (Array.isArray(value)) return value.flatMap(originsIn);
  return isObject(value) ? Object.values(value).flatMap(originsIn) : [];
}

function originIn(value: unknown): Origin | null {
  if (!Array.isArray(value)) return null;
  const [layer, call, output]: readonly unknown[] = value;
  const isPlace = (place: unknown): place is number =>
    typeof place === "number" && Number.isSafeInteger(place);
  return typeof layer === "string" && isPlace(call) && isPlace(output) ? { layer, call, output } : null;
}

/** In both forms. */
export function callsOf(layer: unknown): readonly RawCall[] {
  const nodes = listIn(layer, "inbound_nodes") ?? listIn(layer, "inboundNodes") ?? [];
  return nodes.map((node): RawCall => {
    if (!Array.isArray(node)) return callOfKeras3(node);
    // A single input may stand without the list around.
    const inputs: readonly unknown[] = originIn(node) === null ? node : [node];
    const [first] = inputs;
    const kwargs = Array.isArray(first) ? (first[3] as unknown) : undefined;
    return {
      args: inputs.map((input) => {
        const origin = originIn(input);
        return origin === null ? { kind: "plain", value: input } : { kind: "origin", origin };
      }),
      kwargs: new Map(
        Object.entries(isObject(kwargs) ? kwargs : {}).map(([name, value]) => [name, takenOfKeras2(value)]),
      ),
    };
  });
}

function takenOfKeras2(value: unknown): RawTaken {
  const origin = originIn(value);
  return origin === null ? { kind: "plain", value } : { kind: "origin", origin };
}

function callOfKeras3(node: unknown): RawCall {
  const kwargs = objectIn(node, "kwargs") ?? {};
  return {
    args: (listIn(node, "args") ?? []).map(takenOfKeras3),
    kwargs: new Map(Object.entries(kwargs).map(([name, value]) => [name, takenOfKeras3(value)])),
  };
}

function takenOfKeras3(value: unknown): RawTaken {
  if (Array.isArray(value)) return { kind: "list", of: value.map(takenOfKeras3) };
  if (textIn(value, "class_name") === "__keras_tensor__") {
    const origin = originIn(fieldOf(fieldOf(value, "config"), "keras_history"));
    if (origin !== null) return { kind: "origin", origin };
  }
  return { kind: "plain", value };
}
