// How the element types of the IR lie in tfjs tensors: u32 keeps its bits in an int32 tensor (tfjs has no
// unsigned type), pred is a bool tensor of bytes.

import type { ElementType, TensorType } from "@netwright/ir";
import type { TensorInfo } from "@tensorflow/tfjs-core";

/** The elements of a tensor on the host, in the array of its IR element type. */
export type Elements = Float32Array | Int32Array | Uint32Array | Uint8Array;

export type StorageType = "float32" | "int32" | "bool";

const STORAGE = {
  f32: "float32",
  i32: "int32",
  u32: "int32",
  pred: "bool",
} as const satisfies { readonly [K in ElementType]: StorageType };

export function storageOf(dtype: ElementType): StorageType {
  return STORAGE[dtype];
}

/** A tfjs handle of that type on existing data. tfjs never writes to the shape, though its types allow it. */
export function tensorInfo(dataId: object, type: TensorType): TensorInfo {
  return { dataId, shape: [...type.shape], dtype: storageOf(type.dtype) };
}

export function allocate(dtype: ElementType, length: number): Elements {
  switch (dtype) {
    case "f32":
      return new Float32Array(length);
    case "i32":
      return new Int32Array(length);
    case "u32":
      return new Uint32Array(length);
    case "pred":
      return new Uint8Array(length);
  }
}

/** The same memory in the array of an IR element type; no copy. */
export function viewAs(dtype: ElementType, memory: ArrayBufferView, length: number): Elements {
  const { buffer, byteOffset } = memory;
  switch (dtype) {
    case "f32":
      return new Float32Array(buffer, byteOffset, length);
    case "i32":
      return new Int32Array(buffer, byteOffset, length);
    case "u32":
      return new Uint32Array(buffer, byteOffset, length);
    case "pred":
      return new Uint8Array(buffer, byteOffset, length);
  }
}

/** The same memory in the array that tfjs expects; no copy. */
export function asStorage(elements: Elements): Float32Array | Int32Array | Uint8Array {
  return elements instanceof Uint32Array
    ? new Int32Array(elements.buffer, elements.byteOffset, elements.length)
    : elements;
}
