// What multi_head_attention is told, and the sizes that follow from it.

import {
  type ArgsOf,
  flag,
  integer,
  optional,
  real,
  type Shape,
  type ShapeProblem,
  type Some,
} from "@netwright/definitions";
import { stepsAndNumbers } from "./steps.ts";
import { constraint, initializer, regularizer } from "./variables.ts";

export const attentionParams = {
  num_heads: integer({ doc: "Number of heads.", min: 1 }),
  key_dim: optional(
    integer({
      doc: "Numbers of each query and key of a head; `none` for those of the input, divided among the heads.",
      min: 1,
    }),
  ),
  value_dim: optional(
    integer({ doc: "Numbers of each value of a head; `none` for as many as `key_dim`.", min: 1 }),
  ),
  dropout: real({
    doc: "Share of the weights of attention set to 0 while training.",
    min: 0,
    below: 1,
    default: 0,
  }),
  use_bias: flag({ doc: "Whether biases are added.", default: true }),
  output_shape: optional(
    integer({ doc: "Numbers that it gives for each step; `none` for those of the queries.", min: 1 }),
  ),
  num_key_value_heads: optional(
    integer({
      doc: "Heads of keys and values, each of which serves as many heads of queries as the next: `none` for one for each. As `GroupQueryAttention` of Keras.",
      min: 1,
    }),
  ),
  causal: flag({
    doc: "Whether a step sees itself and the steps before it alone: `use_causal_mask` of Keras.",
    default: false,
  }),
  rotary: flag({
    doc: "Whether queries and keys are turned by their places, so that what fits depends on how far they are apart.",
    default: false,
  }),
  kernel_initializer: initializer("Start values of the kernels.", "glorot_uniform"),
  bias_initializer: initializer("Start values of the biases.", "zeros"),
  kernel_regularizer: regularizer("Penalty on the kernels."),
  bias_regularizer: regularizer("Penalty on the biases."),
  kernel_constraint: constraint("What the kernels are brought back to after every update."),
  bias_constraint: constraint("What the biases are brought back to after every update."),
};

export type AttentionArgs = ArgsOf<typeof attentionParams>;

export interface Widths {
  /** Of each head. */
  readonly keys: number;
  readonly values: number;
  readonly output: number;
  /** Heads of keys and values. */
  readonly shared: number;
}

export function widths([, numbers = 1]: Shape, args: AttentionArgs): Widths {
  const { num_heads, num_key_value_heads, key_dim, value_dim, output_shape } = args;
  const keys = key_dim ?? numbers / num_heads;
  return {
    keys,
    values: value_dim ?? keys,
    output: output_shape ?? numbers,
    shared: num_key_value_heads ?? num_heads,
  };
}

/** [steps of the queries, numbers]. */
export function attentionShape(shapes: Some<Shape>, args: AttentionArgs): Shape | ShapeProblem {
  const name = "multi_head_attention";
  const wrong = shapes.map((shape) => stepsAndNumbers(name, shape)).find((problem) => problem !== undefined);
  if (wrong !== undefined) return wrong;
  const [query, value = query, key = value] = shapes;
  const [steps = 0, numbers = 0] = query;
  if (key[0] !== value[0]) {
    return {
      problem: `\`key\` of ${name} has ${key[0]} steps, and \`value\` has ${value[0]}`,
      note: "Each value has its key.",
    };
  }
  const { keys, output, shared } = widths(query, args);
  if (args.num_heads % shared !== 0) {
    return {
      problem: `${args.num_heads} heads cannot be divided among ${shared} of keys and values`,
      note: "As many heads of queries share each head of keys and values.",
    };
  }
  if (!Number.isInteger(keys)) {
    return {
      problem: `${numbers} numbers cannot be divided among ${args.num_heads} heads`,
      note: "`key_dim` says how many numbers the queries and keys of a head have, as `multi_head_attention(2, key_dim: 16)`; or `dense` in front gives a number that the heads divide.",
    };
  }
  if (args.rotary && keys % 2 !== 0) {
    return {
      problem: `\`rotary\` turns numbers in pairs, and the queries and keys of a head have ${keys}`,
      note: "An even `key_dim` fits.",
    };
  }
  return [steps, output];
}
