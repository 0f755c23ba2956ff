// Tensors with their shapes, by name: what a tensor file holds. A program's state carries no shapes,
// as the program knows them; `withShapes` and `withoutShapes` go from one to the other.

import { type ElementType, type StateVariable, sizeOf } from "@netwright/ir";
import type { NamedTensors, TensorData } from "../backend/backend.ts";

export interface ShapedTensor {
  readonly shape: readonly number[];
  /** Row-major; the class of the array gives the element type. */
  readonly data: TensorData;
}

export type Tensors = ReadonlyMap<string, ShapedTensor>;

/** By the array's own name and not by `instanceof`, which arrays of another realm fail. */
const elementTypes = {
  Float32Array: "f32",
  Int32Array: "i32",
  Uint32Array: "u32",
} as const satisfies { [K in TensorData[typeof Symbol.toStringTag]]: ElementType };

export function elementTypeOf(data: TensorData): (typeof elementTypes)[keyof typeof elementTypes] {
  return elementTypes[data[Symbol.toStringTag]];
}

/** The variables among `named`, in order of the program, with their shapes. */
export function withShapes(variables: readonly StateVariable[], named: NamedTensors): Tensors {
  const tensors = new Map<string, ShapedTensor>();
  for (const { name, type } of variables) {
    const data = named.get(name);
    if (data === undefined) continue;
    if (data.length !== sizeOf(type.shape)) {
      throw new RangeError(`${name} has ${data.length} elements, its shape ${sizeOf(type.shape)}`);
    }
    tensors.set(name, { shape: type.shape, data });
  }
  return tensors;
}

export function withoutShapes(tensors: Tensors): NamedTensors {
  return new Map([...tensors].map(([name, { data }]) => [name, data]));
}

/** Names in the order of their UTF-16 code units: the same on every machine, unlike a locale's order. */
export function sortedNames(names: Iterable<string>): string[] {
  return [...names].sort((a, b) => (a < b ? -1 : a > b ? 1 : 0));
}

/** Whether numbers lie in memory as files have them: on every machine of today. */
const LITTLE_ENDIAN = new Uint8Array(Uint32Array.of(1).buffer)[0] === 1;

/** The elements as bytes, little-endian, where possible without a copy. The bits are kept, also those of NaN. */
export function littleEndianBytes(data: TensorData): Uint8Array {
  if (LITTLE_ENDIAN) return new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
  const words = new Uint32Array(data.buffer, data.byteOffset, data.length);
  const bytes = new Uint8Array(data.byteLength);
  const view = new DataView(bytes.buffer);
  words.forEach((word, i) => {
    view.setUint32(4 * i, word, true);
  });
  return bytes;
}

/** A copy of the words of a file from `start` on; their bits, whatever they stand for. */
export function wordsOf(view: DataView, start: number, count: number): Uint32Array<ArrayBuffer> {
  const words = new Uint32Array(count);
  if (LITTLE_ENDIAN) {
    new Uint8Array(words.buffer).set(new Uint8Array(view.buffer, view.byteOffset + start, 4 * count));
  } else {
    for (let i = 0; i < count; i++) words[i] = view.getUint32(start + 4 * i, true);
  }
  return words;
}
