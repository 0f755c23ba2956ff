// Attention with several heads: within a sequence, or from one sequence to another.

import type { Shape, Some } from "@netwright/definitions";
import { type Builder, tensor, type Value } from "@netwright/ir";
import { attend } from "./attend.ts";
import { type AttentionArgs, attentionParams, attentionShape, widths } from "./attention-params.ts";
import { defineLayer, type LayerContext, type Mask, plainParts, shapesOf } from "./layer.ts";
import { turned } from "./turned.ts";
import { weight } from "./variables.ts";

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
  params: attentionParams,
  takes: { names: ["query", "value", "key"], least: 1 },
  output: (inputs, args) => {
    const shapes = shapesOf(inputs);
    const output = "problem" in shapes ? shapes : attentionShape(shapes, args);
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
