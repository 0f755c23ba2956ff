// How a layer is written: from the values that it takes to the one that it gives, channels last as Netwright has them.

import type { Args, Shape } from "@netwright/definitions";
import { quote } from "@netwright/definitions";
import type { Node } from "@netwright/lang";
import type { FloatTensor } from "../../model/layouts.ts";
import { activated } from "../activations.ts";
import { isInstance } from "../arguments.ts";
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
