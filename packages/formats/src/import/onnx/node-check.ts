// What a node has to have before its rule reads it: its inputs, and axes that are there. Rules need not ask for these.

import { misfit, type NodeContext, sizesOf } from "./node-context.ts";

/** Operations that take more than one input, and how many at least. */
const LEAST: ReadonlyMap<string, number> = new Map([
  ...[
    "Add",
    "And",
    "BitShift",
    "CastLike",
    "Conv",
    "ConvTranspose",
    "Div",
    "Equal",
    "Expand",
    "Gather",
    "Gemm",
    "Greater",
    "GreaterOrEqual",
    "Less",
    "LessOrEqual",
    "MatMul",
    "Mod",
    "Mul",
    "Or",
    "PRelu",
    "Pow",
    "Sub",
    "Tile",
  ].map((op) => [op, 2] as const),
  ...["Attention", "GRU", "InstanceNormalization", "LSTM", "RNN", "Range", "Where"].map(
    (op) => [op, 3] as const,
  ),
  ["BatchNormalization", 5],
  ["Constant", 0],
]);

/** Operations whose `axes`, or second input, name sizes of their first input. */
const OF_AXES = /^(Squeeze|Reduce)/;

/** @throws Misfit for an input that is missing, or an axis or an order of axes that the first input has not */
export function checkNode(c: NodeContext): void {
  const least = c.node.domain === "" ? (LEAST.get(c.op) ?? 1) : 1;
  for (let i = 0; i < least; i++) if (c.value(i) === null) misfit(`has no input ${i + 1}`);
  const first = c.value(0);
  const rank = first === null ? null : (sizesOf(first)?.length ?? null);
  if (rank === null || c.node.domain !== "") return;
  const { attributes } = c.node;
  const axis = attributes.get("axis")?.int ?? 0;
  // One more than there are is behind the last.
  const end = c.op === "Flatten" ? rank + 1 : Math.max(rank, 1);
  if (!(axis >= -Math.max(rank, 1) && axis < end)) outside(axis, rank);
  const perm = attributes.get("perm")?.ints;
  if (perm !== undefined && perm.toSorted((a, b) => a - b).join() !== placesOf(rank).join())
    misfit(`orders [${perm.slice(0, 8).join(", ")}], and its input has ${rank} sizes`);
  if (!OF_AXES.test(c.op)) return;
  const given = c.value(1);
  const axes = attributes.get("axes")?.ints ?? (given?.kind === "constant" ? Array.from(given.data) : []);
  for (const one of axes) if (!(one >= -rank && one < rank)) outside(one, rank);
}

function placesOf(rank: number): readonly number[] {
  return Array.from({ length: rank }, (_, d) => d);
}

function outside(axis: number, rank: number): never {
  return misfit(`is told of a size ${axis}, and its input has ${rank}`);
}
