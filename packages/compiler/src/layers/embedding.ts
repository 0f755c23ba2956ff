// The embedding layer: a table with a row of numbers for each index. How many rows it has, its input says.

import { flag, integer, type ShapeProblem, type ValueType } from "@netwright/definitions";
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
    embeddings_initializer: initializer(
      "Start values of the vectors, of which there are as many as the input has indices: `embedding(8)` states their length alone.",
      "random_uniform",
    ),
    embeddings_regularizer: regularizer("Penalty on the vectors."),
    embeddings_constraint: constraint("What the vectors are brought back to after every update."),
    mask_zero: flag({
      doc: "Whether the index 0 is padding, as behind the last word of a `word_sequence`: a step that is none for the layers behind.",
      default: false,
    }),
  },
  output: ([type], { output_dim, mask_zero }): ValueType | ShapeProblem => {
    if (type.kind !== "index") {
      return {
        problem: "embedding takes indices, and its input is numbers",
        note: "Columns give indices as `category(encoder: ordinal)` and texts as `text(encoder: word_sequence(20))`; a model without data states `input(20, below: 1000)`.",
      };
    }
    if (mask_zero && type.shape.length !== 1) {
      return {
        problem: `embedding with \`mask_zero\` takes an index for each step, and its input has ${type.shape.length === 0 ? "a single one" : `${type.shape.length} sizes`}`,
        note: "A row of 20 steps is `input(20, below: 1000)`.",
      };
    }
    return { kind: "number", shape: [...type.shape, output_dim] };
  },
  parts: ({ mask_zero }) => ({
    ...plainParts,
    free: true,
    sees: "place",
    padding: mask_zero ? "tells" : "might tell",
  }),
  variables: ([type], args) => [
    weight(
      "embeddings",
      [type.kind === "index" ? type.of : 1, args.output_dim],
      args.embeddings_initializer,
      args.embeddings_regularizer,
      args.embeddings_constraint,
    ),
  ],
  mask: ({ b }, [indices], { mask_zero }) =>
    mask_zero ? b.compare(indices, "NE", b.like(indices, 0)) : null,
  build: ({ b, variable }, [indices]) => b.gather(variable("embeddings"), indices),
});
