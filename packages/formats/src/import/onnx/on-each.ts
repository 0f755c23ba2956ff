// Layers that work number by number.

import type { Args } from "@netwright/definitions";
import type { ActivationName } from "../../model/layer-names.ts";
import type { NodeContext } from "./node-context.ts";
import type { Flow } from "./terms.ts";

/** A layer that works number by number: its numbers lie where those of its input do. */
export function onEach(c: NodeContext, flow: Flow, layer: ActivationName, args: Args = {}): Flow {
  return { ...flow, term: c.layer(layer, [flow.term], flow.term.shape, args) };
}
