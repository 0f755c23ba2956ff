// HDF5 as Keras writes it, read by h5wasm: groups, attributes and tensors of f32. A damaged file is one that has nothing.

import { isObject } from "@netwright/definitions";
import { loadH5wasm } from "../../keras/load-h5wasm.ts";
import type { FloatTensor } from "../../model/layouts.ts";

export interface H5File {
  readonly text: (path: string, attribute: string) => string | null;
  readonly texts: (path: string, attribute: string) => readonly string[] | null;
  readonly has: (path: string) => boolean;
  readonly tensor: (path: string) => FloatTensor | null;
  readonly close: () => void;
}

let opened = 0;

/** Null where h5wasm is not installed; `damaged` for what is no HDF5. */
export async function openH5(bytes: Uint8Array): Promise<H5File | "damaged" | null> {
  const library = await loadH5wasm();
  if (library === null) return null;
  const { default: h5 } = library;
  const { FS, activate_throwing_error_handler, deactivate_throwing_error_handler } = await h5.ready;
  const path = `/netwright.import.${opened++}.h5`;
  FS.writeFile(path, bytes);
  // What goes wrong is thrown, and not told to the console.
  activate_throwing_error_handler();
  const forget = (): void => {
    deactivate_throwing_error_handler();
    try {
      FS.unlink(path);
    } catch {
      // It is gone already.
    }
  };
  let file: InstanceType<typeof h5.File>;
  try {
    file = new h5.File(path, "r");
    // What is none is opened all the same, and has no root.
    if (!(file.keys().length >= 0)) throw new Error("no root");
  } catch {
    forget();
    return "damaged";
  }
  const at = (place: string) => {
    try {
      return file.get(place === "" ? "/" : place);
    } catch {
      return null;
    }
  };
  const attribute = (place: string, name: string): unknown => {
    try {
      const entity = place === "" ? file : at(place);
      return isObject(entity) && "attrs" in entity && isObject(entity["attrs"])
        ? valueIn(entity["attrs"][name])
        : undefined;
    } catch {
      return undefined;
    }
  };
  return {
    text: (place, name) => {
      const value = attribute(place, name);
      return typeof value === "string" ? value : null;
    },
    texts: (place, name) => {
      const value = attribute(place, name);
      if (typeof value === "string") return [value];
      if (Array.isArray(value)) return value.filter((one): one is string => typeof one === "string");
      return null;
    },
    has: (place) => at(place) !== null,
    tensor: (place) => {
      try {
        return tensorOf(at(place));
      } catch {
        return null;
      }
    },
    close: () => {
      try {
        file.close();
      } finally {
        forget();
      }
    },
  };
}

function valueIn(attribute: unknown): unknown {
  return isObject(attribute) && "value" in attribute ? attribute["value"] : undefined;
}

function tensorOf(entity: unknown): FloatTensor | null {
  if (!isObject(entity) || !("shape" in entity) || !("value" in entity)) return null;
  const { shape, value } = entity;
  if (!Array.isArray(shape) || !shape.every((size): size is number => typeof size === "number")) return null;
  const numbers = numbersOf(value);
  const count = shape.reduce((product, size) => product * size, 1);
  return numbers === null || numbers.length !== count ? null : { shape, data: numbers };
}

function numbersOf(value: unknown): Float32Array | null {
  if (typeof value === "number") return Float32Array.of(value);
  if (typeof value === "bigint") return Float32Array.of(Number(value));
  if (value instanceof Float32Array) return value;
  if (value instanceof BigInt64Array || value instanceof BigUint64Array)
    return Float32Array.from(value, Number);
  if (ArrayBuffer.isView(value) && !(value instanceof DataView))
    return Float32Array.from(value as unknown as ArrayLike<number>);
  return null;
}
