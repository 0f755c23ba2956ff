// What a layer is: one object that gives its name, documentation, typed parameters, output shape, weights
// and the operations it becomes. Checking, completion, hover, documentation and lowering all read it.

import type {
  Args,
  ArgsOf,
  Documentation,
  Documented,
  Instance,
  LayerParts,
  LayerSignature,
  Params,
  Shape,
  ShapeProblem,
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

interface LayerSpec<P extends Params> extends Documentation {
  readonly name: string;
  readonly params: P;
  readonly outputShape: (input: Shape, args: ArgsOf<P>) => Shape | ShapeProblem;
  readonly parts: (args: ArgsOf<P>) => LayerParts;
  readonly weights?: (input: Shape, args: ArgsOf<P>) => readonly WeightSpec[];
  readonly random?: (args: ArgsOf<P>) => boolean;
  readonly build: (context: LayerContext, x: Value, args: ArgsOf<P>) => Value;
}

/** Keeps the argument types for the functions and forgets them for the table: the resolver has checked them. */
export function defineLayer<P extends Params>(spec: LayerSpec<P>): Layer {
  return {
    ...spec,
    outputShape: (input, args) => spec.outputShape(input, args as ArgsOf<P>),
    parts: (args) => spec.parts(args as ArgsOf<P>),
    weights: (input, args) => spec.weights?.(input, args as ArgsOf<P>) ?? [],
    random: (args) => spec.random?.(args as ArgsOf<P>) ?? false,
    build: (context, x, args) => spec.build(context, x, args as ArgsOf<P>),
  };
}
