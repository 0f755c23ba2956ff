// How a layer is written: from the values that it takes to the one that it gives, channels last as Netwright has them.

import type { Args, Instance, Shape } from "@netwright/definitions";
import { quote } from "@netwright/definitions";
import type { Node } from "@netwright/lang";
import type { FloatTensor } from "../../model/layouts.ts";
import { activated } from "../activations.ts";
import type { GraphBuilder, Name } from "../graph-builder.ts";

export interface LayerContext {
  readonly g: GraphBuilder;
  readonly node: Node;
  readonly args: Args;
  readonly inputs: readonly Name[];
  /** The first of them. */
  readonly x: Name;
  /** Sizes of a row of it. */
  readonly shape: Shape;
  /** Of what it gives. */
  readonly output: Shape;
  /** Null for one that the layer has not. */
  readonly weight: (name: string) => FloatTensor | null;
}

export type LayerRule = (context: LayerContext) => Name;

/** @throws Error for a weight that the layer always has */
export function weightIn({ weight, node }: LayerContext, name: string): FloatTensor {
  const found = weight(name);
  if (found === null) throw new Error(`${node.name} has no ${name}`);
  return found;
}

/** A weight in another layout, under its own name. */
export function placed({ g, node }: LayerContext, name: string, tensor: FloatTensor): Name {
  return g.weight(`${node.weights}.${name}`, tensor);
}

export function refused({ g, node, x }: LayerContext, why: string): Name {
  return g.refuse(`Layer ${quote(node.name)}`, why, x);
}

export function withActivation(context: LayerContext, argument: string, x: Name): Name {
  const { g, args } = context;
  const activation = args[argument];
  if (!isInstance(activation)) return x;
  return (
    activated(g, x, activation) ??
    refused(context, `has the activation ${quote(activation.name)}, which is none of Netwright's`)
  );
}

export function isInstance(value: unknown): value is Pick<Instance, "name" | "args"> {
  return typeof value === "object" && value !== null && "name" in value && "args" in value;
}

export function numberIn(args: Args, name: string): number {
  const value = args[name];
  if (typeof value !== "number") throw new Error(`${name} is a number`);
  return value;
}

/** One number for each direction, of an argument that may be one for all. */
export function sizesIn(args: Args, name: string, directions: number): readonly number[] {
  const value = args[name];
  const list = Array.isArray(value) ? value : Array.from({ length: directions }, () => value);
  return list.map((size) => {
    if (typeof size !== "number") throw new Error(`${name} has numbers`);
    return size;
  });
}

/** A size of a row as ONNX counts it, with the rows in front: -1 is the last, 1 the first of a row. */
export function dimensionOf(axis: number, shape: Shape): number {
  return axis < 0 ? axis + shape.length + 1 : axis;
}

export function dimensionsIn(args: Args, name: string, shape: Shape): readonly number[] {
  const value = args[name];
  const list = Array.isArray(value) ? value : [value];
  const all = list.map((axis) => {
    if (typeof axis !== "number") throw new Error(`${name} has numbers`);
    return dimensionOf(axis, shape);
  });
  return all.sort((a, b) => a - b);
}
