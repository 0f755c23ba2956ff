// The weights of a model in the order of its flow, which is the order of the program's state.

import { lookUp } from "@netwright/definitions";
import type { LayerNode, Model, ModelNode } from "@netwright/lang";
import type { WeightSpec } from "../layers/layer.ts";
import { layers } from "../layers/table.ts";

export interface ModelWeight extends WeightSpec {
  /** Unique in the model: `dense_1.kernel`. */
  readonly id: string;
  readonly node: LayerNode;
}

export function weightId(node: LayerNode, weight: string): string {
  return `${node.name}.${weight}`;
}

export function modelWeights(model: Model): readonly ModelWeight[] {
  return layerNodes(model.nodes).flatMap((node) =>
    lookUp(layers, node.layer)
      .weights(node.input, node.args)
      .map((weight) => ({ ...weight, id: weightId(node, weight.name), node })),
  );
}

/** Every layer of a flow, in order, with those inside residual and parallel parts. */
export function layerNodes(nodes: readonly ModelNode[]): readonly LayerNode[] {
  return nodes.flatMap(layersOf);
}

function layersOf(node: ModelNode): readonly LayerNode[] {
  switch (node.kind) {
    case "layer":
      return [node];
    case "residual":
      return [...layerNodes(node.body), ...(node.project === null ? [] : [node.project])];
    case "parallel":
      return node.branches.flatMap((branch) => layerNodes(branch.nodes));
  }
}

export function usesRandomness(model: Model): boolean {
  return layerNodes(model.nodes).some((node) => lookUp(layers, node.layer).random(node.args));
}
