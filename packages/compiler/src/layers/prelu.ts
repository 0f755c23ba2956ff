// Relu with slopes below 0 that are learnt, one for each number or for several together.

import { optional } from "@netwright/definitions";
import { anyAxes, axisProblem, placesOf } from "./axes.ts";
import { apartParts, defineLayer, onNumbers } from "./layer.ts";
import { constraint, initializer, regularizer, weight } from "./variables.ts";

export const prelu = defineLayer({
  name: "prelu",
  doc: "Relu whose slope below 0 is learnt, for each number of a row by itself or for all along `shared_axes`.",
  formula: "x where x > 0, alpha x elsewhere",
  example: "dense(8) -> prelu",
  source:
    'Keras, `PReLU`; He et al. 2015, "Delving Deep into Rectifiers: Surpassing Human-Level Performance on ImageNet Classification"',
  params: {
    alpha_initializer: initializer("Start values of the slopes.", "zeros"),
    alpha_regularizer: regularizer("Penalty on the slopes."),
    alpha_constraint: constraint("What the slopes are brought back to after every update."),
    shared_axes: optional(anyAxes("The sizes along which one slope is for all")),
  },
  output: onNumbers((shape, { shared_axes }) => axisProblem("prelu", shared_axes ?? -1, shape) ?? shape),
  // It bends, and what it gives at the end of a network has no bounds: a slope may be negative.
  parts: () => ({ ...apartParts, free: true, bends: true }),
  variables: ([{ shape }], args) => {
    const shared = args.shared_axes === null ? [] : placesOf(args.shared_axes, shape);
    const own = shape.map((size, place) => (shared.includes(place) ? 1 : size));
    return [weight("alpha", own, args.alpha_initializer, args.alpha_regularizer, args.alpha_constraint)];
  },
  build: ({ b, variable }, [x]) => {
    const { shape } = x.type;
    const alpha = variable("alpha");
    const zero = b.like(x, 0);
    const along = b.broadcastInDim(
      alpha,
      shape,
      alpha.type.shape.map((_, place) => place + 1),
    );
    return b.add(b.maximum(x, zero), b.multiply(along, b.minimum(x, zero)));
  },
});
