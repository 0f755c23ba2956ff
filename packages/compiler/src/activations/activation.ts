// What an activation is: an elementwise (or, for softmax, last-dimension) function with a name. Each can be
// written as an argument (`dense(8, relu)`), as a layer of its own (`relu`) or as `activation(relu)`.

import { type ActivationDefinition, type Args, type Documented, definer } from "@netwright/definitions";
import type { Builder, Value } from "@netwright/ir";

export interface Activation extends Documented, Pick<ActivationDefinition, "range" | "isLinear"> {
  readonly build: (b: Builder, x: Value, args: Args) => Value;
}

/** One that is no line through 0, whatever its arguments, leaves out `isLinear`. */
export const defineActivation = definer<Activation, "isLinear">({ isLinear: () => false });
