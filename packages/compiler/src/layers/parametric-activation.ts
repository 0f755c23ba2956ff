// An activation of which each unit learns how much it takes: between nothing, the identity, and all of it, or beyond.

import { instance } from "@netwright/definitions";
import { apartParts, defineLayer, onNumbers } from "./layer.ts";
import { constraint, initializer, regularizer, weight } from "./variables.ts";

export const parametricActivation = defineLayer({
  name: "parametric_activation",
  doc: "Applies an activation by a share that each unit learns: 0 leaves the unit as it is, 1, where it starts, is the activation.",
  formula: "x + alpha (function(x) - x)",
  example: "parametric_activation(selu)",
  source:
    'Holzmüller, Grinsztajn, Steinwart 2024, "Better by Default: Strong Pre-Tuned MLPs and Boosted Trees on Tabular Data"',
  params: {
    function: instance({ family: "activation", doc: "The function." }),
    alpha_initializer: initializer("Start values of the shares.", "ones"),
    alpha_regularizer: regularizer("Penalty on the shares."),
    alpha_constraint: constraint("What the shares are brought back to after every update."),
  },
  output: onNumbers((shape) =>
    shape.length === 0 ? { problem: "parametric_activation needs at least one dimension" } : shape,
  ),
  // It bends, and what it gives at the end of a network has no bounds: a share may leave 0 to 1.
  parts: () => ({ ...apartParts, free: true, bends: true }),
  variables: ([{ shape }], args) => [
    weight("alpha", shape.slice(-1), args.alpha_initializer, args.alpha_regularizer, args.alpha_constraint),
  ],
  build: ({ b, variable, activate }, [x], args) => {
    const { shape } = x.type;
    const alpha = b.broadcastInDim(variable("alpha"), shape, [shape.length - 1]);
    return b.add(x, b.multiply(alpha, b.subtract(activate(args.function, x), x)));
  },
});
