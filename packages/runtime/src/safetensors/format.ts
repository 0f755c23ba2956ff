// The safetensors format (https://github.com/huggingface/safetensors): 8 bytes with the length of the
// header, the header as JSON, the elements of all tensors. Shared by the writer and the reader.

import type { TensorData } from "../backend/backend.ts";
import { elementTypeOf, type Tensors } from "../tensors/tensors.ts";

export interface TensorFile {
  readonly tensors: Tensors;
  /** The header's `__metadata__`. */
  readonly metadata: Readonly<Record<string, string>>;
}

export const METADATA_KEY = "__metadata__";
export const LENGTH_BYTES = 8;
/** The header is padded with spaces so that the elements start at a multiple of this. */
export const ALIGNMENT = 8;
/** The limit that the format's own implementation sets. */
export const LONGEST_HEADER = 100_000_000;

/** The element types that Netwright stores; all have four bytes. */
export const storedTypes = {
  F32: (buffer) => new Float32Array(buffer),
  I32: (buffer) => new Int32Array(buffer),
  U32: (buffer) => new Uint32Array(buffer),
} as const satisfies Record<string, (buffer: ArrayBuffer) => TensorData>;

export type StoredType = keyof typeof storedTypes;
export const ELEMENT_BYTES = 4;

const storedNames = { f32: "F32", i32: "I32", u32: "U32" } as const;

export function storedTypeOf(data: TensorData): StoredType {
  return storedNames[elementTypeOf(data)];
}

export function isStoredType(name: string): name is StoredType {
  return Object.hasOwn(storedTypes, name);
}
