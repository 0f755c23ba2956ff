// How a layer of Keras becomes layers of Netwright.

import { type Argument, quote } from "@netwright/definitions";
import type { FloatTensor } from "../../../model/layouts.ts";
import type { ForeignGraph } from "../../foreign-graph.ts";
import type { ForeignLayerName } from "../../foreign-model.ts";
import { fieldOf, type JsonObject, numberIn, textIn } from "../json.ts";
import type { LayerSpec, Taken, Written } from "../layer-call.ts";
import type { WeightPlace } from "../weights.ts";
import { type Activation, activationIn } from "./activations.ts";

export interface RuleContext {
  readonly g: ForeignGraph;
  readonly written: Written;
  /** Of the layer that it becomes. */
  readonly name: string;
  readonly spec: LayerSpec;
  readonly config: JsonObject;
  /** All values that it takes. */
  readonly inputs: readonly string[];
  /** The first of them. */
  readonly x: string;
  /** Sizes of a row of it. */
  readonly rank: number;
  readonly args: readonly Taken[];
  readonly kwargs: ReadonlyMap<string, Taken>;
  /** Null for one that the file has not. */
  readonly weight: (place: WeightPlace) => FloatTensor | null;
}

/** Gives the name of the layer that gives the value. */
export type Rule = (context: RuleContext) => string;

export function whatOf({ name, className }: LayerSpec): string {
  return `Layer ${quote(name)} (${className || "without a class"})`;
}

export function refused({ g, spec, x }: Pick<RuleContext, "g" | "spec" | "x">, why: string): string {
  g.refuse(whatOf(spec), why);
  return x;
}

type MutableArgs = Record<string, Argument>;

interface Put {
  readonly args?: MutableArgs;
  readonly weights?: Readonly<Record<string, FloatTensor>>;
  readonly inputs?: readonly string[];
  readonly rank?: number;
}

/** A layer of that name in the place of the one that is read. */
export function put(context: RuleContext, layer: ForeignLayerName, { inputs, ...more }: Put = {}): string {
  const { g, name, spec, x } = context;
  return g.add({ name, layer, identity: `${spec.identity} ${layer}`, inputs: inputs ?? [x], ...more });
}

/** The same with the activation of its configuration behind it. */
export function putActivated(context: RuleContext, layer: ForeignLayerName, more: Put = {}): string {
  const activation = activationOf(context, "activation");
  const value = put(context, layer, more);
  return activation === null ? value : behind(context, value, activation);
}

/** Null after a refusal, and for none. */
export function activationOf(context: RuleContext, key: string): Activation | null {
  const found = activationIn(fieldOf(context.config, key), context.written);
  if (typeof found !== "string") return found;
  refused(context, found);
  return null;
}

export function behind(
  { g, name }: RuleContext,
  value: string,
  { before, name: layer, args }: Activation,
): string {
  const scaled =
    before === undefined
      ? value
      : g.add({ name: `${name}_scaled`, layer: "rescaling", args: before, inputs: [value] });
  return g.add({ name: `${name}_activation`, layer, args, inputs: [scaled] });
}

/** Weights in order: each by its name with us, and with Keras where that is another one. Null after a refusal. */
export function weightsIn(
  context: RuleContext,
  names: readonly (readonly [own: string, kerasName?: string])[],
  group = "vars",
): Record<string, FloatTensor> | null {
  const found: Record<string, FloatTensor> = {};
  for (const [index, [own, name = own]] of names.entries()) {
    const tensor = context.weight({ path: `${group}/${index}`, name, index });
    if (tensor === null) {
      refused(context, `has no weights ${quote(name)} in the file`);
      return null;
    }
    found[own] = tensor;
  }
  return found;
}

/** What a layer computes in, "mixed_float16": the word that stands there, or that of a policy; empty where nothing is said. */
export function policyIn(config: JsonObject): string {
  const dtype = fieldOf(config, "dtype");
  return typeof dtype === "string" ? dtype : (textIn(fieldOf(dtype, "config"), "name") ?? "");
}

/** Whether the file says so; `otherwise` where it does not. */
export function flagIn(config: JsonObject, key: string, otherwise: boolean): boolean {
  const found = fieldOf(config, key);
  return typeof found === "boolean" ? found : otherwise;
}

export function wholeIn(config: JsonObject, key: string): number | null {
  const found = numberIn(config, key);
  return found !== null && Number.isSafeInteger(found) ? found : null;
}

/** One number for all directions where they are equal; null where there is none. */
export function sizesIn(config: JsonObject, key: string): number | readonly number[] | null {
  const found = fieldOf(config, key);
  if (typeof found === "number") return found;
  if (!Array.isArray(found) || found.length === 0) return null;
  const sizes: readonly unknown[] = found;
  if (!sizes.every((size): size is number => typeof size === "number")) return null;
  const [first = 0] = sizes;
  return sizes.every((size) => size === first) ? first : sizes;
}

/** Height and width before channels, as Netwright has them. */
export function isChannelsLast(context: RuleContext): boolean {
  const format = textIn(context.config, "data_format");
  if (format === null || format === "channels_last") return true;
  refused(
    context,
    `has its channels first, ${quote('data_format="channels_first"')}, and Netwright has them last`,
  );
  return false;
}
