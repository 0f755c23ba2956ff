// The forward pass: from the input of the network to its output, node by node.

import { type Instance, lookUp } from "@netwright/definitions";
import type { Builder, Value } from "@netwright/ir";
import type { LayerNode, ModelNode } from "@netwright/lang";
import { activations } from "../activations/table.ts";
import { layers } from "../layers/table.ts";
import { merges } from "../merges/merges.ts";
import type { Sampler } from "../random/sampling.ts";
import { weightId } from "./weights.ts";

export interface ForwardContext {
  readonly b: Builder;
  /** By weight id, `dense_1.kernel`. */
  readonly weights: ReadonlyMap<string, Value>;
  /** The generator while training, `null` when predicting. */
  readonly sampler: Sampler | null;
  /** Called with the output of every layer. */
  readonly visit?: (node: LayerNode, output: Value) => void;
}

export function forward(context: ForwardContext, nodes: readonly ModelNode[], input: Value): Value {
  return nodes.reduce((x, node) => forwardNode(context, node, x), input);
}

function forwardNode(context: ForwardContext, node: ModelNode, x: Value): Value {
  const { b } = context;
  switch (node.kind) {
    case "layer":
      return forwardLayer(context, node, x);
    case "residual": {
      const body = forward(context, node.body, x);
      const shortcut = node.project === null ? x : forwardLayer(context, node.project, x);
      return b.at({ layer: "residual", span: node.span }, () => b.add(body, shortcut));
    }
    case "parallel": {
      const branches = node.branches.map((branch) => forward(context, branch.nodes, x));
      return b.at({ layer: node.merge, span: node.span }, () => merges[node.merge](b, branches));
    }
  }
}

function forwardLayer({ b, weights, sampler, visit }: ForwardContext, node: LayerNode, x: Value): Value {
  const weight = (name: string): Value => {
    const value = weights.get(weightId(node, name));
    if (value === undefined)
      throw new Error(`${node.name} uses the weight ${name}, which it does not declare`);
    return value;
  };
  const activate = (activation: Instance, value: Value): Value =>
    lookUp(activations, activation.name).build(b, value, activation.args);
  const uniform = sampler === null ? null : (shape: readonly number[]) => sampler.uniform(shape);
  const output = b.at({ layer: node.name, span: node.span }, () =>
    lookUp(layers, node.layer).build({ b, weight, activate, uniform }, x, node.args),
  );
  visit?.(node, output);
  return output;
}
