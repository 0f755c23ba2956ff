// The network of a model, as a format is told of it: twice, as layers for formats that have layers, and as a program of the IR for
// those that print code.

import type { Program } from "@netwright/ir";
import type { ModelInput, Node, Source } from "@netwright/lang";
import type { NamedTensors, ShapedTensor } from "@netwright/runtime";

/** What the loss makes of what the last layer gives, [rows x width]. */
export type Link =
  /** The numbers as they are. */
  | { readonly kind: "as_is" }
  /** Shares of classes. */
  | { readonly kind: "softmax" }
  /** The share of each label by itself. */
  | { readonly kind: "sigmoid" }
  /** Of one number x: [sigmoid(-x), sigmoid(x)]. */
  | { readonly kind: "two_classes" }
  /** Of one number x: [-x, x]. */
  | { readonly kind: "margins" }
  | { readonly kind: "exponential" }
  /** The numbers of a row in ascending order. */
  | { readonly kind: "sorted" }
  /** What only the program says: the loss of that name. */
  | { readonly kind: "other"; readonly loss: string };

export interface LayerTensor extends ShapedTensor {
  /** `statistic`: changed by training, but by no gradient, as the mean of a `batch_norm` is. */
  readonly role: "weight" | "statistic";
}

export interface PortableNetwork {
  readonly inputs: readonly ModelInput[];
  /** Each stands behind those whose output it takes. A layer that works while training alone is still there. */
  readonly nodes: readonly Node[];
  /** What the last layer gives. */
  readonly output: Source;
  readonly link: Link;
  /** Members of an ensemble inside of the network, of which the mean predicts; null for a single one. */
  readonly members: number | null;
  /** The layer whose weight `chosen`, [members], is 1 for each that predicts, else 0; null where all do. */
  readonly chosen: string | null;
  /** Passes with numbers dropped, of which the mean predicts; null for one pass without. */
  readonly passes: number | null;
  /** By the node that owns them (`weights` of a node), then by the name in the layer: `kernel`. In our layouts, f32. */
  readonly weights: ReadonlyMap<string, ReadonlyMap<string, LayerTensor>>;
  /**
   * Functions `predict_1` (and so on, by rows): from inputs to the prediction behind link, members and passes. It reads its
   * state from `state`.
   */
  readonly program: Program;
  readonly state: NamedTensors;
}

/** The weights that a node uses, which may be those of another one. */
export function weightsOf(
  { weights }: Pick<PortableNetwork, "weights">,
  node: Node,
): ReadonlyMap<string, LayerTensor> {
  return weights.get(node.weights) ?? NONE;
}

const NONE: ReadonlyMap<string, LayerTensor> = new Map();
