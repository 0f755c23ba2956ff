// What a weight does in its layer. Its name says so, as names of weights are those of Keras: the last word of
// `recurrent_kernel` is `kernel`.

import { real } from "./param.ts";

export type WeightRole = "kernel" | "bias" | "scale" | "embedding";

const LAST_WORDS: ReadonlyMap<string, WeightRole> = new Map([
  ["kernel", "kernel"],
  ["bias", "bias"],
  ["beta", "bias"],
  ["gamma", "scale"],
  ["scale", "scale"],
  ["embedding", "embedding"],
  ["embeddings", "embedding"],
]);

/** Null for a weight of another kind, as one of a user's own layer may be. */
export function weightRole(name: string): WeightRole | null {
  return LAST_WORDS.get(name.slice(name.lastIndexOf("_") + 1)) ?? null;
}

const factor = (doc: string) => real({ doc, min: 0, default: 1 });

/** What something is multiplied with, by role. */
export const factorParams = {
  kernel: factor("For kernels: the matrices and windows of dense, convolutional and recurrent layers."),
  bias: factor("For biases, and the offsets of normalisations."),
  scale: factor("For the scales of normalisations, and of the members of an ensemble."),
  embedding: factor("For the vectors of embeddings."),
};

export type Factors = Readonly<Record<WeightRole, number>>;
