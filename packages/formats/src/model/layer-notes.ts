// What a file of ours notes of its layers, where their weights stand under the names of Netwright and the file has no other form of
// the layers that is read again.

import { isObject } from "@netwright/definitions";
import { LAYER_NAMES, type LayerName } from "./layer-names.ts";

/** The metadata that has them, as JSON. */
export const LAYER_NOTES = "netwright.layers";

export interface LayerNote {
  readonly name: string;
  readonly layer: LayerName;
  /** The module of PyTorch that it became; null for none, and then its tensors are as Netwright has them. */
  readonly module: string | null;
  /** Of its tensors as Netwright has them, by the names in the layer. */
  readonly shapes: ReadonlyMap<string, readonly number[]>;
}

export function layerNotesTold(notes: readonly NotedLayer[]): string {
  return JSON.stringify(
    notes.map(({ name, layer, module, shapes }) => ({
      name,
      layer,
      module,
      shapes: Object.fromEntries(shapes),
    })),
  );
}

/** A layer by any name, as nodes have them. */
export type NotedLayer = Omit<LayerNote, "layer"> & { readonly layer: string };

export function layerNotesIn(text: string | undefined): readonly LayerNote[] | null {
  if (text === undefined) return null;
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch {
    return null;
  }
  if (!Array.isArray(parsed)) return null;
  const notes = parsed.flatMap((one: unknown) => {
    if (!isObject(one) || typeof one["name"] !== "string") return [];
    const layer = LAYER_NAMES.find((known) => known === one["layer"]);
    const module = one["module"];
    const shapes = isObject(one["shapes"]) ? Object.entries(one["shapes"]) : [];
    const known = shapes.flatMap(([key, shape]) => (isSizes(shape) ? [[key, shape] as const] : []));
    return layer === undefined
      ? []
      : [
          {
            name: one["name"],
            layer,
            module: typeof module === "string" ? module : null,
            shapes: new Map(known),
          },
        ];
  });
  return notes.length === parsed.length ? notes : null;
}

export function isSizes(value: unknown): value is readonly number[] {
  return (
    Array.isArray(value) && value.every((one) => typeof one === "number" && Number.isInteger(one) && one >= 0)
  );
}
