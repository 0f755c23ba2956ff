// A tensor whose numbers stand in the file, or follow from such.

import { halfOf } from "@netwright/data";
import { sizeOf } from "@netwright/ir";
import { ELEMENT_TYPES, type ElementType } from "../../onnx/fields.ts";
import { brainOf } from "../brain-float.ts";
import type { ForeignFiles } from "../foreign-model.ts";
import type { FileTensor } from "./decode-values.ts";

export type Numbers = Float32Array | Float64Array;

export interface Constant {
  readonly kind: "constant";
  readonly shape: readonly number[];
  /** Row-major; f32 where the file has it, else f64, in which whole numbers are exact to 2^53. Truth values are 1 and 0. */
  readonly data: Numbers;
  /** Whether it is one of numbers with a fraction. */
  readonly isFloat: boolean;
  /** As the file calls it; "" for what follows from others. */
  readonly name: string;
}

/** Words, as those of classes. */
export interface Texts {
  readonly kind: "texts";
  readonly shape: readonly number[];
  readonly texts: readonly string[];
}

export function constantOf(
  shape: readonly number[],
  data: Numbers,
  isFloat = data instanceof Float32Array,
  name = "",
): Constant {
  return { kind: "constant", shape, data, isFloat, name };
}

export function scalar(value: number): Constant {
  return constantOf([], Float64Array.of(value), true);
}

export function wholes(values: readonly number[]): Constant {
  return constantOf([values.length], Float64Array.from(values), false);
}

/** What is wrong with a tensor, as a sentence goes on. */
export interface Damage {
  readonly problem: string;
}

export function tensorOf(tensor: FileTensor, files: ForeignFiles): Constant | Texts | Damage {
  const { dims, name, type } = tensor;
  const count = sizeOf(dims);
  if (dims.some((size) => !Number.isInteger(size) || size < 0) || count > MOST)
    return { problem: `has the sizes [${dims.slice(0, 8).join(", ")}], which no tensor has` };
  const element = elements.get(type);
  if (element === undefined) return { problem: `has numbers of type ${type} of ONNX, which is not read` };
  if (element === "string") {
    if (tensor.texts.length !== count) return wrongCount(tensor.texts.length, dims);
    return { kind: "texts", shape: dims, texts: tensor.texts };
  }
  const isFloat = FLOATS.has(element);
  const raw = tensor.external === null ? tensor.raw : outside(tensor.external, files);
  if (raw !== null && "problem" in raw) return raw;
  if (raw === null) {
    const values = typedOf(element, tensor.numbers);
    if (values.length !== count) return wrongCount(values.length, dims);
    return constantOf(
      dims,
      element === "float" ? Float32Array.from(values) : Float64Array.from(values),
      isFloat,
      name,
    );
  }
  const size = SIZES[element];
  if (raw.length !== count * size) return wrongCount(raw.length / size, dims);
  return constantOf(dims, rawOf(element, raw, count), isFloat, name);
}

/** Two gigabytes of f32: more is in no file that is one. */
const MOST = 2 ** 29;

const elements: ReadonlyMap<number, ElementType> = new Map(
  Object.entries(ELEMENT_TYPES).flatMap(([name, number]) =>
    isElement(name) ? [[number, name] as const] : [],
  ),
);

function isElement(name: string): name is ElementType {
  return Object.hasOwn(ELEMENT_TYPES, name);
}

const FLOATS: ReadonlySet<ElementType> = new Set<ElementType>(["float", "double", "float16", "bfloat16"]);

const SIZES: Readonly<Record<Exclude<ElementType, "string">, number>> = {
  float: 4,
  uint8: 1,
  int8: 1,
  uint16: 2,
  int16: 2,
  int32: 4,
  int64: 8,
  bool: 1,
  float16: 2,
  double: 8,
  uint32: 4,
  uint64: 8,
  bfloat16: 2,
};

function wrongCount(given: number, dims: readonly number[]): Damage {
  return { problem: `has ${given} numbers for the sizes [${dims.join(", ")}]` };
}

/** The bytes beside the file, where they have been given. */
function outside(places: ReadonlyMap<string, string>, files: ForeignFiles): Uint8Array | Damage {
  const location = places.get("location") ?? "";
  const file = files.get(location);
  if (file === undefined)
    return {
      problem: `has its numbers in another file, \`${location}\`, which is not beside it: put it there, under this name, or save the model as one file, \`torch.onnx.export(..., external_data=False)\``,
    };
  const from = Number(places.get("offset") ?? 0);
  const length = Number(places.get("length") ?? file.length - from);
  if (!(from >= 0 && length >= 0 && from + length <= file.length))
    return {
      problem: `has its numbers in \`${location}\` from byte ${from} on, ${length} bytes, and the file has ${file.length}`,
    };
  return file.subarray(from, from + length);
}

/** In the field of whole numbers stand also the bits of short floats. */
function typedOf(element: ElementType, numbers: readonly number[]): readonly number[] {
  if (element === "float16") return numbers.map(halfOf);
  if (element === "bfloat16") return numbers.map(brainOf);
  return numbers;
}

function rawOf(element: Exclude<ElementType, "string">, raw: Uint8Array, count: number): Numbers {
  const view = new DataView(raw.buffer, raw.byteOffset, raw.byteLength);
  const data: Numbers =
    element === "float" || element === "float16" || element === "bfloat16"
      ? new Float32Array(count)
      : new Float64Array(count);
  const read = readers[element];
  for (let i = 0; i < count; i++) data[i] = read(view, i);
  return data;
}

const readers: Readonly<Record<Exclude<ElementType, "string">, (view: DataView, i: number) => number>> = {
  float: (view, i) => view.getFloat32(4 * i, true),
  double: (view, i) => view.getFloat64(8 * i, true),
  float16: (view, i) => halfOf(view.getUint16(2 * i, true)),
  bfloat16: (view, i) => brainOf(view.getUint16(2 * i, true)),
  uint8: (view, i) => view.getUint8(i),
  int8: (view, i) => view.getInt8(i),
  uint16: (view, i) => view.getUint16(2 * i, true),
  int16: (view, i) => view.getInt16(2 * i, true),
  uint32: (view, i) => view.getUint32(4 * i, true),
  int32: (view, i) => view.getInt32(4 * i, true),
  uint64: (view, i) => Number(view.getBigUint64(8 * i, true)),
  int64: (view, i) => Number(view.getBigInt64(8 * i, true)),
  bool: (view, i) => (view.getUint8(i) === 0 ? 0 : 1),
};
