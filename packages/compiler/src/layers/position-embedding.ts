// Where a step stands, as numbers that are learnt for each place and added to those of the step.

import { apartParts, defineLayer, onNumbers } from "./layer.ts";
import { stepsAndNumbers } from "./steps.ts";
import { constraint, initializer, regularizer, weight } from "./variables.ts";

export const positionEmbedding = defineLayer({
  name: "position_embedding",
  doc: "Adds to the numbers of each step a vector that is learnt for its place in the sequence, which attention would not know otherwise.",
  formula: "x[t] + embeddings[t]",
  example: "position_embedding",
  source:
    'KerasHub, `PositionEmbedding`, which leaves the sum to its caller; Gehring and others 2017, "Convolutional Sequence to Sequence Learning"',
  params: {
    embeddings_initializer: initializer("Start values of the vectors.", "glorot_uniform"),
    embeddings_regularizer: regularizer("Penalty on the vectors."),
    embeddings_constraint: constraint("What the vectors are brought back to after every update."),
  },
  output: onNumbers((shape) => stepsAndNumbers("position_embedding", shape) ?? shape),
  parts: () => ({ ...apartParts, free: true }),
  variables: ([{ shape }], args) => [
    weight(
      "embeddings",
      shape,
      args.embeddings_initializer,
      args.embeddings_regularizer,
      args.embeddings_constraint,
    ),
  ],
  build: ({ b, variable }, [x]) => b.add(x, b.broadcastInDim(variable("embeddings"), x.type.shape, [1, 2])),
});
