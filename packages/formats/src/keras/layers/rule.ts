// How a layer of Netwright becomes layers of Keras.

import { type Args, type Instance, quote } from "@netwright/definitions";
import { isInstance, type LayerInPlace } from "../../model/layers.ts";
import { activationForm } from "../activations.ts";
import type { Config, Json, KerasGraph, KerasLayer, KerasWeight } from "../graph.ts";

/** Values are names of layers. */
export type LayerContext = LayerInPlace<KerasGraph, string>;

/** Gives the name of the layer that gives the value. */
export type LayerRule = (context: LayerContext) => string;

type More = Partial<Pick<KerasLayer, "inputs" | "takes" | "call" | "shape">>;

/** A layer of that class under the name of the node. */
export function put(
  context: LayerContext,
  className: string,
  config: Config = {},
  weights: readonly KerasWeight[] = [],
  more: More = {},
): string {
  const { g, node, x, output } = context;
  if (!g.has(className))
    return refused(context, `is a ${quote(node.layer)}, which TensorFlow.js has no layer of`);
  return g.add({ name: node.name, className, config, weights, inputs: [x], shape: output, ...more });
}

export function refused({ g, node, x }: Pick<LayerContext, "g" | "node" | "x">, why: string): string {
  g.refuse({ of: "layer", what: `Layer ${quote(node.name)}`, why });
  return x;
}

/** The same with its activation, which is an argument of it or layers behind it. */
export function putActivated(
  context: LayerContext,
  className: string,
  config: Config,
  weights: readonly KerasWeight[],
): string {
  const activation = context.args["activation"];
  if (!isInstance(activation)) return put(context, className, config, weights);
  const form = activationForm(activation.name, activation.args, context.g.dialect);
  if (form.kind === "name") return put(context, className, { ...config, activation: form.name }, weights);
  return behind(context, put(context, className, config, weights), activation);
}

/** The activation as layers of its own. */
export function behind(
  context: Pick<LayerContext, "g" | "node" | "output" | "x">,
  x: string,
  { name, args }: Pick<Instance, "name" | "args">,
): string {
  const { g, node, output } = context;
  const form = activationForm(name, args, g.dialect);
  switch (form.kind) {
    case "refused":
      return refused(context, form.why);
    case "name":
      return g.add({
        name: x === node.name ? `${node.name}_activation` : node.name,
        className: "Activation",
        config: { activation: form.name },
        inputs: [x],
        shape: output,
      });
    case "layers":
      return form.layers.reduce(
        (before, { className, config }) =>
          g.add({ name: `${node.name}_activation`, className, config, inputs: [before], shape: output }),
        x,
      );
  }
}

/** Those of the weights that the layer has, in order. */
export function weightsIn(
  { weight }: LayerContext,
  names: readonly (readonly [own: string, kerasName?: string])[],
): readonly KerasWeight[] {
  return names
    .flatMap(([own, name = own]) => {
      const tensor = weight(own);
      return tensor === null ? [] : [{ name, tensor }];
    })
    .map(({ name, tensor }, i) => ({ path: `vars/${i}`, name, tensor }));
}

/** These arguments, which have the same names in Keras. */
export function taken(args: Args, ...names: readonly string[]): Config {
  return Object.fromEntries(names.filter((name) => name in args).map((name) => [name, jsonOf(args[name])]));
}

export function jsonOf(value: unknown): Json {
  if (value === null || value === undefined) return null;
  if (typeof value === "number" || typeof value === "string" || typeof value === "boolean") return value;
  if (Array.isArray(value)) return value.map(jsonOf);
  throw new Error("an argument is a number, a word or a list");
}
