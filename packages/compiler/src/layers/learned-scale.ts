// A factor for each input, which is learnt: what says little can be made small before the first weighted sums.

import { apartParts, defineLayer, onNumbers } from "./layer.ts";
import { constraint, initializer, regularizer, weight } from "./variables.ts";

export const learnedScale = defineLayer({
  name: "learned_scale",
  doc: "Multiplies each input with a factor of its own, which is learnt and starts at 1. With `learning_rate_factors { scale: 6 }` the factors move faster than other weights, as a soft choice of inputs.",
  formula: "scale x",
  example: "learned_scale",
  source:
    'Holzmüller, Grinsztajn, Steinwart 2024, "Better by Default: Strong Pre-Tuned MLPs and Boosted Trees on Tabular Data"',
  params: {
    scale_initializer: initializer("Start values of the factors.", "ones"),
    scale_regularizer: regularizer("Penalty on the factors."),
    scale_constraint: constraint("What the factors are brought back to after every update."),
  },
  output: onNumbers((shape) =>
    shape.length === 0 ? { problem: "learned_scale needs at least one dimension" } : shape,
  ),
  parts: () => ({ ...apartParts, free: true }),
  variables: ([{ shape }], args) => [
    weight("scale", shape.slice(-1), args.scale_initializer, args.scale_regularizer, args.scale_constraint),
  ],
  build: ({ b, variable }, [x]) => {
    const { shape } = x.type;
    return b.multiply(x, b.broadcastInDim(variable("scale"), shape, [shape.length - 1]));
  },
});
