// PyTorch has channels before the places of an image, so that what it makes flat lies in another order than here.

import { at } from "@netwright/definitions";
import { sizeOf } from "@netwright/ir";
import { type FloatTensor, reshaped, transposed } from "../../model/layouts.ts";
import type { TargetNode } from "./tensors-into.ts";

/** The sizes of what was made flat, with the channels last; null where both orders are one; "unclear" where parts of it are taken. */
export type FlatOrder = readonly number[] | "unclear" | null;

/** Layers that take each number by itself, with weights of its own for each. */
const ON_EACH: ReadonlySet<string> = new Set(["batch_norm", "layer_norm", "rms_norm", "prelu"]);
const FLAT: ReadonlySet<string> = new Set(["flatten", "reshape"]);
/** Layers over places, whose modules have channels first; those of sequences have them last. */
const OVER_PLACES = /conv|pooling|upsampling|zero_padding|cropping/;
const OVER_STEPS: ReadonlySet<string> = new Set(["lstm", "gru", "simple_rnn", "bidirectional", "embedding"]);

/** Of the numbers that a layer takes. */
export function flatOrders(nodes: readonly TargetNode[]): (node: TargetNode) => FlatOrder {
  const byName = new Map(nodes.map((node) => [node.name, node]));
  const known = new Map<string, FlatOrder>();
  const before = (node: TargetNode) => byName.get(node.inputs[0]?.from ?? "");
  const hasChannelsFirst = (start: TargetNode | undefined): boolean => {
    for (let node = start; node !== undefined; node = before(node)) {
      if (OVER_PLACES.test(node.layer)) return true;
      if (OVER_STEPS.has(node.layer) || node.inputs.length !== 1) return false;
    }
    return false;
  };
  const given = (node: TargetNode): FlatOrder => {
    const orders = node.inputs.map(({ from, type }) => (type.shape.length === 1 ? made(from) : null));
    if (orders.length === 1) return at(orders, 0);
    return orders.every((order) => order === null) ? null : "unclear";
  };
  const made = (name: string): FlatOrder => {
    const node = byName.get(name);
    if (node === undefined) return null;
    const seen = known.get(name);
    if (seen !== undefined) return seen;
    const found = ofNode(node);
    known.set(name, found);
    return found;
  };
  const ofNode = (node: TargetNode): FlatOrder => {
    const shape = node.inputs[0]?.type.shape ?? [];
    if (FLAT.has(node.layer) && shape.length > 1) {
      const isOne = at(shape, shape.length - 1) === 1 || sizeOf(shape.slice(0, -1)) === 1;
      return !isOne && (shape.length === 3 || hasChannelsFirst(before(node))) ? shape : null;
    }
    return node.variables.length === 0 || ON_EACH.has(node.layer) ? given(node) : null;
  };
  return given;
}

/** The tensors of a layer with their rows in our order; null where that is not known. */
export function rowsReordered(
  { layer }: TargetNode,
  tensors: ReadonlyMap<string, FloatTensor>,
  order: FlatOrder,
): ReadonlyMap<string, FloatTensor> | null {
  if (order === null) return tensors;
  if (order === "unclear" || !(layer === "dense" || ON_EACH.has(layer))) return null;
  const places = order.slice(0, -1);
  const turned = (tensor: FloatTensor): FloatTensor => {
    const rest = tensor.shape.slice(1);
    const apart = reshaped(tensor, [at(order, places.length), ...places, sizeOf(rest)]);
    const moved = transposed(apart, [...places.map((_, d) => d + 1), 0, places.length + 1]);
    return reshaped(moved, tensor.shape);
  };
  return new Map(
    [...tensors].map(([name, tensor]) => [
      name,
      (layer === "dense" ? name === "kernel" : tensor.shape[0] === sizeOf(order)) ? turned(tensor) : tensor,
    ]),
  );
}
