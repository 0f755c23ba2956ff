// Where the weights of a layer are found: files have them by paths, by names or in order.

import type { FloatTensor } from "../../model/layouts.ts";

export interface WeightPlace {
  /** Below the group of the layer in the HDF5 of Keras 3: "vars/0", "cell/vars/1". */
  readonly path: string;
  /** As other files call it: "kernel". */
  readonly name: string;
  /** The place among all weights of the layer. */
  readonly index: number;
}

export interface WeightsOfLayer {
  /** Null where the file has none there. */
  readonly get: (place: WeightPlace) => FloatTensor | null;
}

export interface WeightSource {
  /** Asked once for each layer of a model, in the order of its configuration. */
  readonly layer: (className: string, name: string) => WeightsOfLayer;
  /** Of a model that is a layer of this one. */
  readonly model: (className: string, name: string) => WeightSource;
}

/** The weights of a layer in order, each with the end of its name. */
export interface ListedWeight {
  /** "dense/kernel:0", "lstm/lstm_cell/kernel". */
  readonly name: string;
  /** Null for one that cannot be read: it keeps its place, and whoever asks for it is told that it is not there. */
  readonly tensor: FloatTensor | null;
}

/** By the end of the name where one alone has it, else by the order. */
export function inOrder(listed: readonly ListedWeight[]): WeightsOfLayer {
  return {
    get: ({ name, index }) => {
      const named = listed.filter((one) => endOf(one.name) === name);
      return (named.length === 1 ? named[0] : listed[index])?.tensor ?? null;
    },
  };
}

function endOf(name: string): string {
  return (name.split("/").at(-1) ?? "").replace(/:\d+$/, "").replace(/_\d+$/, "");
}
