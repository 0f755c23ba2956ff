// What a layer is: one object that gives its name, documentation, typed parameters, output shape, weights
// and the operations it becomes. Checking, completion, hover, documentation and lowering all read it.

import {
  type Args,
  type Documented,
  definer,
  type Instance,
  type LayerSignature,
  type Shape,
} from "@netwright/definitions";
import type { Builder, Value } from "@netwright/ir";

export interface WeightSpec {
  /** Unique in the layer: `kernel`. */
  readonly name: string;
  readonly shape: Shape;
  readonly initializer: Instance;
  readonly regularizer: Instance | null;
}

/** What a layer builds with. Values carry the batch as first dimension. */
export interface LayerContext {
  readonly b: Builder;
  /** The weight that the layer has declared under that name. */
  readonly weight: (name: string) => Value;
  /** The operations of an activation argument. */
  readonly activate: (activation: Instance, x: Value) => Value;
  /** Random numbers, uniform in [0, 1), while training; `null` when predicting. */
  readonly uniform: ((shape: readonly number[]) => Value) | null;
}

export interface Layer extends Documented, Pick<LayerSignature, "outputShape" | "parts"> {
  readonly weights: (input: Shape, args: Args) => readonly WeightSpec[];
  readonly build: (context: LayerContext, x: Value, args: Args) => Value;
  /** Whether training draws random numbers, so that the program keeps a generator. */
  readonly random: (args: Args) => boolean;
}

/** One without weights, and one without chance, leaves these out. */
export const defineLayer = definer<Layer, "weights" | "random">({ weights: () => [], random: () => false });
