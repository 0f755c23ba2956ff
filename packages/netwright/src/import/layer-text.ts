// One layer as it stands in a file: defaults left out, an activation behind it as its argument.

import { type Args, type Argument, familyOf, type Params } from "@netwright/definitions";
import { type ForeignLayer, SCALING_LAYER, scalingArgs } from "@netwright/formats";
import { documentedIn, type FullCatalog } from "../catalog/catalog.ts";
import { spellTyped } from "../resolved/spell.ts";

export interface FlowNode {
  readonly layer: ForeignLayer;
  readonly activation: ForeignLayer | null;
}

/** What stands in the file for a layer. */
export function layerNameOf({ layer }: ForeignLayer): string {
  return layer === "rescaling" ? SCALING_LAYER : layer;
}

export function layerText({ layer, activation }: FlowNode, known: FullCatalog): string {
  const name = layerNameOf(layer);
  const params = known.layer.get(name)?.params ?? {};
  const own: Args = layer.layer === "rescaling" ? scalingArgs(layer) : layer.args;
  const acting = activation === null ? own : { ...own, activation: activationArgument(activation) };
  return shortCall(name, acting, params, known);
}

function activationArgument({ layer, args }: ForeignLayer): Argument {
  return { family: "activation", name: layer, args, span: { file: "", start: 0, end: 0 } };
}

/** What is given by default is left out, and what comes first stands without its name. */
function shortCall(name: string, args: Args, params: Params, known: FullCatalog): string {
  let isFirst = true;
  const given = Object.entries(params).flatMap(([key, { type, default: fallback }], i) => {
    const value = args[key];
    if (value === undefined || isDefault(value, fallback, known)) {
      isFirst = false;
      return [];
    }
    const isPlain = isFirst && (fallback === undefined || i === 0 || familyOf(type) === "activation");
    isFirst = isPlain;
    const text = isInstance(value) ? instanceText(value, known) : spellTyped(type, value, known);
    return [isPlain ? text : `${key}: ${text}`];
  });
  return given.length === 0 ? name : `${name}(${given.join(", ")})`;
}

type Named = Extract<Argument, { readonly family: unknown }>;

function isInstance(value: Argument): value is Named {
  return typeof value === "object" && value !== null && "family" in value;
}

function instanceText({ family, name, args }: Named, known: FullCatalog): string {
  return shortCall(name, args, documentedIn(known)[family].get(name)?.params ?? {}, known);
}

function isDefault(value: Argument, fallback: Argument | undefined, known: FullCatalog): boolean {
  if (isInstance(value)) return instanceText(value, known) === fallback;
  return value === fallback;
}
