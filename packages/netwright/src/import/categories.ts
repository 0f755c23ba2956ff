// Inputs of one index, as an embedding of a category takes it: columns of words, whose numbers are those words.

import { sizeOf } from "@netwright/ir";
import type { ModelInput } from "@netwright/lang";
import type { ForeignNetwork } from "./network.ts";

/** A file lists the words of a category. */
const MOST_WORDS = 1000;

/** Whether each input that is indices is one index, so that a table has a column for it. */
export function hasCategories({ inputs }: Pick<ForeignNetwork, "inputs">): boolean {
  const indices = inputs.filter(({ type }) => type.kind === "index");
  return indices.length > 0 && indices.every(isCategory);
}

export function isCategory({ type }: ModelInput): boolean {
  return type.kind === "index" && sizeOf(type.shape) === 1 && type.of <= MOST_WORDS;
}

/** The words of the column, in the order of their numbers. */
export function wordsOfCategory({ type }: ModelInput): readonly string[] {
  return type.kind === "index" ? Array.from({ length: type.of }, (_, i) => String(i)) : [];
}

/** A network of the same shapes that takes numbers alone: how many numbers come out is asked before there are columns. */
export function withoutCategories(network: ForeignNetwork): ForeignNetwork {
  const named = new Set(network.inputs.filter(isCategory).map(({ name }) => name));
  return {
    ...network,
    inputs: network.inputs.map((input) =>
      named.has(input.name) ? { name: input.name, type: { kind: "number", shape: [1] } } : input,
    ),
    layers: network.layers.map((layer) =>
      layer.layer === "embedding" && named.has(layer.inputs[0] ?? "")
        ? {
            ...layer,
            layer: "dense",
            args: { units: layer.args["output_dim"] ?? 1 },
            weights: new Map(),
            sharedWith: null,
          }
        : layer,
    ),
  };
}
