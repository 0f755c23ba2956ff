// What a weight does in its layer. Its name says so, as names of weights are those of Keras: the last word of
// `recurrent_kernel` is `kernel`.

import { real } from "./param.ts";

export type WeightRole = "kernel" | "bias" | "scale" | "embedding" | "activation" | "number_embedding";

const LAST_WORDS: ReadonlyMap<string, WeightRole> = new Map([
  ["kernel", "kernel"],
  ["bias", "bias"],
  ["beta", "bias"],
  ["gamma", "scale"],
  ["scale", "scale"],
  ["embedding", "embedding"],
  ["embeddings", "embedding"],
  ["alpha", "activation"],
  ["frequencies", "number_embedding"],
  ["phases", "number_embedding"],
  ["mixing", "number_embedding"],
  ["offsets", "number_embedding"],
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
  scale: factor("For the scales of normalisations, of the members of an ensemble, and of `learned_scale`."),
  embedding: factor("For the vectors of embeddings."),
  activation: factor("For the shares of `parametric_activation` and the slopes of `prelu`."),
  number_embedding: factor("For all weights of `periodic_embedding` and `piecewise_linear_embedding`."),
};

export type Factors = Readonly<Record<WeightRole, number>>;
