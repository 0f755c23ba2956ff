// Weights as the HDF5 that Keras 3 reads: a group for each layer, called after its class and counted, with its numbers below.

import type { Refusal } from "../format.ts";
import type { KerasLayer } from "./graph.ts";
import { loadH5wasm } from "./load-h5wasm.ts";

export const MISSING: Refusal = {
  of: "library",
  what: "The weights",
  why: "are HDF5, which the package `h5wasm` writes, and it is not installed: `npm install h5wasm` where Netwright is",
};

/** Null where h5wasm is not installed. */
export async function hdf5Of(layers: readonly KerasLayer[]): Promise<Uint8Array<ArrayBuffer> | null> {
  const library = await loadH5wasm();
  if (library === null) return null;
  const { default: h5 } = library;
  const { FS } = await h5.ready;
  const path = "/netwright.weights.h5";
  // HDF5 keeps when each group was made: the same weights are the same bytes only at the same time. No step of it waits.
  const clock = Date.now;
  Date.now = () => 0;
  const file = new h5.File(path, "w");
  try {
    const root = file.create_group("layers");
    const counts = new Map<string, number>();
    for (const { className, weights } of layers) {
      const kind = snakeCase(className);
      const before = counts.get(kind) ?? 0;
      counts.set(kind, before + 1);
      if (weights.length === 0) continue;
      const groups = new Map([["", root.create_group(before === 0 ? kind : `${kind}_${before}`)]]);
      // A path of several names writes nothing, and says nothing.
      const groupAt = (at: string): ReturnType<typeof root.create_group> => {
        const known = groups.get(at);
        if (known !== undefined) return known;
        const cut = at.lastIndexOf("/");
        const made = groupAt(cut < 0 ? "" : at.slice(0, cut)).create_group(at.slice(cut + 1));
        groups.set(at, made);
        return made;
      };
      for (const { path: place, tensor, isCount = false } of weights) {
        const cut = place.lastIndexOf("/");
        groupAt(place.slice(0, cut)).create_dataset({
          name: place.slice(cut + 1),
          data: isCount ? Int32Array.from(tensor.data) : tensor.data,
          shape: [...tensor.shape],
          dtype: isCount ? "<i4" : "<f4",
        });
      }
    }
  } finally {
    file.close();
    Date.now = clock;
  }
  const content = Uint8Array.from(FS.readFile(path));
  FS.unlink(path);
  return content;
}

/** As Keras makes the name of a group of that of a class. */
export function snakeCase(className: string): string {
  return className
    .replace(/(.)([A-Z][a-z]+)/g, "$1_$2")
    .replace(/([a-z])([A-Z])/g, "$1_$2")
    .toLowerCase();
}
