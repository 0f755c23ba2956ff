// Attention with several heads: within a sequence, or from one sequence to another.

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
import { type Builder, tensor, type Value } from "@netwright/ir";
import { attend } from "./attend.ts";
import { defineLayer, type LayerContext, type Mask, plainParts, shapesOf } from "./layer.ts";
import { stepsAndNumbers } from "./steps.ts";
import { turned } from "./turned.ts";
import { constraint, initializer, regularizer, weight } from "./variables.ts";

const params = {
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

type AttentionArgs = ArgsOf<typeof params>;

export const multiHeadAttention = defineLayer({
  name: "multi_head_attention",
  doc:
    "Each step takes of all steps what it needs: its query is held against their keys, and their values count by how well they fit. Every head does " +
    "so by kernels of its own. Behind one input it is attention within the sequence; behind `parallel { query { } value { } }`, with `key { }` or " +
    "without, queries are of one sequence and values of another. Steps that are padding are not seen.",
  formula:
    "[softmax(q_i k_i' / sqrt(key_dim)) v_i, ...] output_kernel + output_bias for each head i, q = x query_kernel + query_bias, and k and v alike",
  example: "multi_head_attention(2, key_dim: 8, rotary: true)",
  source: 'Keras, `MultiHeadAttention`; Vaswani and others 2017, "Attention Is All You Need"',
  params,
  takes: { names: ["query", "value", "key"], least: 1 },
  output: (inputs, args) => {
    const shapes = shapesOf(inputs);
    const output = "problem" in shapes ? shapes : shapeOf(shapes, args);
    return "problem" in output ? output : { kind: "number", shape: output };
  },
  parts: ({ dropout }) => ({
    ...plainParts,
    weighted: true,
    bends: true,
    padding: "heeds and keeps",
    ...(dropout > 0 ? ({ drops: true } as const) : {}),
  }),
  variables: ([query, value = query, key = value], args) => {
    const { num_heads } = args;
    const { keys, values, output, shared } = widths(query.shape, args);
    const last = ({ shape }: { readonly shape: Shape }) => shape[1] ?? 1;
    const matrices = [
      ["query", last(query), num_heads * keys],
      ["key", last(key), shared * keys],
      ["value", last(value), shared * values],
      ["output", num_heads * values, output],
    ] as const;
    return matrices.flatMap(([name, inputs, outputs]) => [
      weight(
        `${name}_kernel`,
        [inputs, outputs],
        args.kernel_initializer,
        args.kernel_regularizer,
        args.kernel_constraint,
      ),
      ...(args.use_bias
        ? [
            weight(
              `${name}_bias`,
              [outputs],
              args.bias_initializer,
              args.bias_regularizer,
              args.bias_constraint,
            ),
          ]
        : []),
    ]);
  },
  // A step of the output belongs to the query there.
  mask: ({ masks }) => masks[0],
  random: ({ dropout }) => dropout > 0,
  build: (context, inputs, args) => {
    const { b, masks } = context;
    const [query, value = query, key = value] = masks;
    const known = key === value ? [value] : [value, key];
    return attention(context, inputs, args, (shape) =>
      both(b, [
        ...known.map((mask) => spread(b, mask, shape, [0, 3])),
        args.causal ? before(b, shape) : null,
      ]),
    );
  },
});

/** All of the layer but for which keys a query sees, which `allowed` says as in `attend`. */
export function attention(
  context: LayerContext,
  [query, value = query, key = value]: Some<Value>,
  args: Pick<AttentionArgs, "num_heads" | "num_key_value_heads" | "use_bias" | "rotary" | "dropout">,
  allowed: (shape: readonly number[]) => Mask,
): Value {
  const { b, variable, masks } = context;
  const projected = (x: Value, name: string): Value => {
    const product = b.matmul(x, variable(`${name}_kernel`));
    const { shape } = product.type;
    return args.use_bias ? b.add(product, b.broadcastInDim(variable(`${name}_bias`), shape, [2])) : product;
  };
  const inHeads = (x: Value, name: string, heads: number): Value => {
    const all = projected(x, name);
    const [rows = 0, steps = 0, width = 0] = all.type.shape;
    return b.reshape(all, [rows, steps, heads, width / heads]);
  };
  const shared = args.num_key_value_heads ?? args.num_heads;
  const forEach = (x: Value): Value => repeated(b, x, args.num_heads / shared);
  const placed = (x: Value): Value => (args.rotary ? turned(b, x) : x);
  const heads = {
    query: placed(inHeads(query, "query", args.num_heads)),
    key: forEach(placed(inHeads(key, "key", shared))),
    value: forEach(inHeads(value, "value", shared)),
  };
  const taken = attend(context, heads, args.dropout, allowed);
  // A query that is padding sees nothing, as in Keras.
  const isThere = spread(b, masks[0], taken.type.shape, [0, 2]);
  const found = isThere === null ? taken : b.select(isThere, taken, b.like(taken, 0));
  const [rows = 0, count = 0, steps = 0, width = 0] = found.type.shape;
  return projected(b.reshape(b.transpose(found, [0, 2, 1, 3]), [rows, steps, count * width]), "output");
}

interface Widths {
  /** Of each head. */
  readonly keys: number;
  readonly values: number;
  readonly output: number;
  /** Heads of keys and values. */
  readonly shared: number;
}

function widths([, numbers = 1]: Shape, args: AttentionArgs): Widths {
  const { num_heads, num_key_value_heads, key_dim, value_dim, output_shape } = args;
  const keys = key_dim ?? numbers / num_heads;
  return {
    keys,
    values: value_dim ?? keys,
    output: output_shape ?? numbers,
    shared: num_key_value_heads ?? num_heads,
  };
}

function shapeOf(shapes: Some<Shape>, args: AttentionArgs): Shape | ShapeProblem {
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
      note: "`key_dim` says how many numbers the queries and keys of a head have, as `multi_head_attention(2, key_dim: 16)`.",
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

/** [rows, steps, heads, numbers], each head so many times in a row. */
function repeated(b: Builder, x: Value, times: number): Value {
  if (times === 1) return x;
  const [rows = 0, steps = 0, heads = 0, numbers = 0] = x.type.shape;
  const each = b.broadcastInDim(x, [rows, steps, heads, times, numbers], [0, 1, 2, 4]);
  return b.reshape(each, [rows, steps, heads * times, numbers]);
}

/** Each step sees itself and those before it. */
function before(b: Builder, shape: readonly number[]): Value {
  const type = tensor("i32", shape.slice(2));
  return b.broadcastInDim(b.compare(b.iota(type, 0), "GE", b.iota(type, 1)), shape, [2, 3]);
}

function spread(b: Builder, mask: Mask, shape: readonly number[], dimensions: readonly number[]): Mask {
  return mask === null ? null : b.broadcastInDim(mask, shape, dimensions);
}

/** What all of several masks allow. */
function both(b: Builder, masks: readonly Mask[]): Mask {
  const [first = null, ...others] = masks.filter((mask) => mask !== null);
  return first === null ? null : others.reduce((all, one) => b.binary("and", all, one), first);
}
