// How long weights are that belong together, which constraints hold: the weights of each output, which are all along
// the last size; of a bias, all of it.

import type { Builder, Value } from "@netwright/ir";

export interface Lengths {
  /** One number for each output; a scalar of a bias. */
  readonly norm: Value;
  /** Repeats one number for each output to the shape of the weight. */
  readonly along: (factor: Value) => Value;
}

/** sqrt(sum(w^2)) over all dimensions but the last. */
export function lengthsOf(b: Builder, weight: Value): Lengths {
  const { shape } = weight.type;
  const last = shape.length - 1;
  const dimensions = shape.map((_, d) => d).filter((d) => last === 0 || d !== last);
  return {
    norm: b.sqrt(b.sum(b.multiply(weight, weight), dimensions)),
    along: (factor) => b.broadcastInDim(factor, shape, last === 0 ? [] : [last]),
  };
}
