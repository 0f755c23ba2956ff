// The layers of a network one after the other, for formats that write each by a rule of its own.

import { type Args, at, type Instance, type Shape } from "@netwright/definitions";
import type { Node } from "@netwright/lang";
import { type FloatTensor, floatsOf } from "./layouts.ts";
import { type PortableNetwork, weightsOf } from "./network.ts";

/** A layer where it is written: `G` is what it is written into, `V` what stands for a value there. Channels are last. */
export interface LayerInPlace<G, V> {
  readonly g: G;
  readonly node: Node;
  readonly args: Args;
  readonly inputs: readonly V[];
  /** The first of them. */
  readonly x: V;
  /** Sizes of a row of it. */
  readonly shape: Shape;
  /** Of what it gives. */
  readonly output: Shape;
  /** Null for one that the layer has not. */
  readonly weight: (name: string) => FloatTensor | null;
}

/** What the last layer gives. */
export function throughLayers<G, V>(
  g: G,
  network: PortableNetwork,
  inputs: ReadonlyMap<string, V>,
  write: (layer: LayerInPlace<G, V>) => V,
): V {
  const values = new Map(inputs);
  const valueNamed = (from: string): V => {
    const value = values.get(from);
    if (value === undefined) throw new Error(`nothing gives ${from}`);
    return value;
  };
  for (const node of network.nodes) {
    const taken = node.inputs.map(({ from }) => valueNamed(from));
    const weights = weightsOf(network, node);
    const given = write({
      g,
      node,
      args: node.args,
      inputs: taken,
      x: at(taken, 0),
      shape: at(node.inputs, 0).type.shape,
      output: node.type.shape,
      weight: (name) => {
        const tensor = weights.get(name);
        return tensor === undefined ? null : floatsOf(tensor);
      },
    });
    values.set(node.name, given);
  }
  return valueNamed(network.output.from);
}

/** @throws Error for a weight that the layer always has */
export function weightIn(
  { weight, node }: Pick<LayerInPlace<unknown, unknown>, "weight" | "node">,
  name: string,
): FloatTensor {
  const found = weight(name);
  if (found === null) throw new Error(`${node.name} has no ${name}`);
  return found;
}

/** An activation, or a layer that is an argument. */
export function isInstance(value: unknown): value is Pick<Instance, "name" | "args"> {
  return typeof value === "object" && value !== null && "name" in value && "args" in value;
}

/** @throws Error for what the catalog never has there */
export function numberIn(args: Args, name: string): number {
  const value = args[name];
  if (typeof value !== "number") throw new Error(`${name} is a number`);
  return value;
}

/** What `random_crop` cuts off a picture when it predicts, as it takes the middle: [[top, bottom], [left, right]]. */
export function aroundMiddle(args: Args, shape: Shape): readonly (readonly [number, number])[] {
  return ["height", "width"].map((name, d) => {
    const cut = (shape[d] ?? 1) - numberIn(args, name);
    const before = Math.floor(cut / 2);
    return [before, cut - before] as const;
  });
}
