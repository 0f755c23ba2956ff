// The embedding layer: a table with a row of numbers for each index. How many rows it has, its input says.

import { integer, type ShapeProblem, type ValueType } from "@netwright/definitions";
import { defineLayer, plainParts } from "./layer.ts";
import { constraint, initializer, regularizer, weight } from "./variables.ts";

export const embedding = defineLayer({
  name: "embedding",
  doc: "Puts a vector of numbers, which are learnt, in the place of each index. The input says how many indices there are.",
  formula: "embeddings[i]",
  example: "embedding(16)",
  source: "Keras, `Embedding`",
  params: {
    output_dim: integer({ doc: "Numbers of each vector.", min: 1 }),
    embeddings_initializer: initializer("Start values of the vectors.", "random_uniform"),
    embeddings_regularizer: regularizer("Penalty on the vectors."),
    embeddings_constraint: constraint("What the vectors are brought back to after every update."),
  },
  output: ([type], { output_dim }): ValueType | ShapeProblem =>
    type.kind === "index"
      ? { kind: "number", shape: [...type.shape, output_dim] }
      : {
          problem: "embedding takes indices, and its input is numbers",
          note: "A model without data states indices so: `input(20, below: 1000)`.",
        },
  parts: () => ({ ...plainParts, free: true, sees: "place" }),
  variables: ([type], args) => [
    weight(
      "embeddings",
      [type.kind === "index" ? type.of : 1, args.output_dim],
      args.embeddings_initializer,
      args.embeddings_regularizer,
      args.embeddings_constraint,
    ),
  ],
  build: ({ b, variable }, [indices]) => b.gather(variable("embeddings"), indices),
});
