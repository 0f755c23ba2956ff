// How a layer is written: from the values that it takes to the one that it gives, channels last as Netwright has them.

import { quote } from "@netwright/definitions";
import type { LayerInPlace } from "../../model/layers.ts";
import { isInstance } from "../../model/layers.ts";
import type { FloatTensor } from "../../model/layouts.ts";
import { activated } from "../activations.ts";
import type { GraphBuilder, Name } from "../graph-builder.ts";

/** Values are names in the graph. */
export type LayerContext = LayerInPlace<GraphBuilder, Name>;

export type LayerRule = (context: LayerContext) => Name;

/** A weight in another layout, under its own name. */
export function placed({ g, node }: LayerContext, name: string, tensor: FloatTensor): Name {
  return g.weight(`${node.weights}.${name}`, tensor);
}

export function refused({ g, node, x }: LayerContext, why: string): Name {
  return g.refuse({ of: "layer", what: `Layer ${quote(node.name)}`, why }, x);
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
