// The variables of a model's layers in the order of its flow, which is the order of the program's state.

import { lookUp, some } from "@netwright/definitions";
import type { Model, Node } from "@netwright/lang";
import { type Definitions, definitions } from "../definitions.ts";
import type { Variable } from "../layers/layer.ts";

export interface ModelVariable extends Variable {
  /** Unique in the model: `dense_1.kernel`. */
  readonly id: string;
  /** The node that owns it. */
  readonly node: Node;
}

export function variableId(owner: string, variable: string): string {
  return `${owner}.${variable}`;
}

/** What layers are there to look up. */
type Known = Pick<Definitions, "layer">;

export function modelVariables(
  { nodes }: Pick<Model, "nodes">,
  known: Known = definitions,
): readonly ModelVariable[] {
  return nodes.flatMap((node) => nodeVariables(node, known));
}

/** Those that the node owns: none where it uses those of another. */
export function nodeVariables(node: Node, known: Known = definitions): readonly ModelVariable[] {
  const { name, layer, inputs, args } = node;
  if (node.weights !== name) return [];
  return lookUp(known.layer, layer)
    .variables(some(inputs.map(({ type }) => type)), args)
    .map((variable) => ({ ...variable, id: variableId(name, variable.name), node }));
}

export function usesRandomness({ nodes }: Model, known: Known): boolean {
  return nodes.some((node) => lookUp(known.layer, node.layer).random(node.args));
}
