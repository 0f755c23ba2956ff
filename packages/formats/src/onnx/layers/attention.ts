// Attention with several heads in operations of opset 21, and where a step stands.

import { at, BEYOND_ALL, WAVELENGTH } from "@netwright/definitions";
import { cosine, sine } from "@netwright/ir/numerics";
import { numberIn, weightIn } from "../../model/layers.ts";
import { anglesOf, wavesOf } from "../../model/positions.ts";
import type { Name } from "../graph-builder.ts";
import { type LayerContext, type LayerRule, placed } from "./rule.ts";

export const multiHeadAttention: LayerRule = (context) => {
  const { g, node, args, inputs } = context;
  const [query, value = query, key = value] = node.inputs.map(({ type: { shape } }, i) => ({
    name: at(inputs, i),
    steps: shape[0] ?? 1,
  }));
  if (query === undefined || value === undefined || key === undefined)
    throw new Error("attention has an input");
  const heads = numberIn(args, "num_heads");
  const shared = args["num_key_value_heads"] === null ? heads : numberIn(args, "num_key_value_heads");
  const keys = (weightIn(context, "query_kernel").shape[1] ?? 1) / heads;
  const values = (weightIn(context, "value_kernel").shape[1] ?? 1) / shared;
  const isTurned = args["rotary"] === true;
  const q = inHeads(context, query, "query", heads, keys, isTurned);
  const k = repeated(
    context,
    inHeads(context, key, "key", shared, keys, isTurned),
    key.steps,
    shared,
    heads,
    keys,
  );
  const v = repeated(
    context,
    inHeads(context, value, "value", shared, values, false),
    value.steps,
    shared,
    heads,
    values,
  );
  const scaled = g.op("Mul", [q, g.floats([1 / Math.sqrt(keys)], [])]);
  const scores = g.op("MatMul", [scaled, g.op("Transpose", [k], { perm: [0, 1, 3, 2] })]);
  const seen = args["causal"] === true ? causal(context, scores, query.steps, key.steps) : scores;
  const taken = g.op("MatMul", [g.op("Softmax", [seen], { axis: -1 }), v]);
  const together = g.reshape(g.op("Transpose", [taken], { perm: [0, 2, 1, 3] }), [
    query.steps,
    heads * values,
  ]);
  return projected(context, together, "output");
};

interface Sequence {
  readonly name: Name;
  readonly steps: number;
}

function projected(context: LayerContext, x: Name, name: string): Name {
  const { g, weight } = context;
  const product = g.op("MatMul", [x, placed(context, `${name}_kernel`, weightIn(context, `${name}_kernel`))]);
  const bias = weight(`${name}_bias`);
  return bias === null ? product : g.op("Add", [product, placed(context, `${name}_bias`, bias)]);
}

/** [rows, heads, steps, numbers]. */
function inHeads(
  context: LayerContext,
  { name, steps }: Sequence,
  which: string,
  heads: number,
  numbers: number,
  isTurned: boolean,
): Name {
  const { g } = context;
  const apart = g.reshape(projected(context, name, which), [steps, heads, numbers]);
  const first = g.op("Transpose", [apart], { perm: [0, 2, 1, 3] });
  return isTurned ? turned(context, first, steps, numbers) : first;
}

/** Each head of keys and values for as many heads of queries in a row. */
function repeated(
  { g }: LayerContext,
  x: Name,
  steps: number,
  shared: number,
  heads: number,
  numbers: number,
): Name {
  if (shared === heads) return x;
  const apart = g.op("Unsqueeze", [x, g.ints([2])]);
  return g.reshape(g.op("Tile", [apart, g.ints([1, 1, heads / shared, 1, 1])]), [heads, steps, numbers]);
}

/** A step sees itself and those before it. */
function causal({ g }: LayerContext, scores: Name, queries: number, keys: number): Name {
  const seen = Array.from({ length: queries * keys }, (_, i) => Math.floor(i / keys) >= i % keys);
  return g.op("Where", [g.flags(seen, [queries, keys]), scores, g.floats([-BEYOND_ALL], [])]);
}

/** Pairs of numbers by angles of their step: number i goes with that half of them further on. */
function turned({ g }: LayerContext, x: Name, steps: number, numbers: number): Name {
  const half = numbers / 2;
  const angles = anglesOf(steps, half, numbers, WAVELENGTH);
  const shape = [steps, half];
  const [cosines, sines] = [g.floats(angles.map(cosine), shape), g.floats(angles.map(sine), shape)];
  const [first = x, second = x] = g.ops("Split", [x], 2, { axis: -1, num_outputs: 2 });
  const times = (a: Name, b: Name) => g.op("Mul", [a, b]);
  return g.op(
    "Concat",
    [
      g.op("Sub", [times(first, cosines), times(second, sines)]),
      g.op("Add", [times(second, cosines), times(first, sines)]),
    ],
    { axis: -1 },
  );
}

export const positionEmbedding: LayerRule = (context) =>
  context.g.op("Add", [context.x, placed(context, "embeddings", weightIn(context, "embeddings"))]);

/** Sines at even numbers, cosines at odd ones. */
export const sinePositionEncoding: LayerRule = ({ g, x, args, shape }) => {
  const [steps = 1, numbers = 1] = shape;
  const waves = Array.from(wavesOf(steps, numbers, numberIn(args, "max_wavelength")));
  return g.op("Add", [x, g.floats(waves, [steps, numbers])]);
};
