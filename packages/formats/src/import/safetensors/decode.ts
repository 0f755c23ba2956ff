// A safetensors file of any program as tensors in f32: of floats of any length, and of whole numbers. What is stored by a run of
// Netwright is read by `@netwright/runtime`, which is stricter.

import { halfOf } from "@netwright/data";
import { isObject, quote } from "@netwright/definitions";
import { sizeOf } from "@netwright/ir";
import { isSizes } from "../../model/layer-notes.ts";
import type { FloatTensor } from "../../model/layouts.ts";
import { brainOf } from "../brain-float.ts";

export interface SafeTensors {
  /** In the order of the header. */
  readonly tensors: ReadonlyMap<string, FloatTensor>;
  readonly metadata: Readonly<Record<string, string>>;
}

type Read = (view: DataView, at: number) => number;

const TYPES: Readonly<Record<string, { readonly size: number; readonly read: Read }>> = {
  F64: { size: 8, read: (view, at) => view.getFloat64(at, true) },
  F32: { size: 4, read: (view, at) => view.getFloat32(at, true) },
  F16: { size: 2, read: (view, at) => halfOf(view.getUint16(at, true)) },
  BF16: { size: 2, read: (view, at) => brainOf(view.getUint16(at, true)) },
  I64: { size: 8, read: (view, at) => Number(view.getBigInt64(at, true)) },
  I32: { size: 4, read: (view, at) => view.getInt32(at, true) },
  I16: { size: 2, read: (view, at) => view.getInt16(at, true) },
  I8: { size: 1, read: (view, at) => view.getInt8(at) },
  U8: { size: 1, read: (view, at) => view.getUint8(at) },
  BOOL: { size: 1, read: (view, at) => view.getUint8(at) },
};

/** Why it is none, as a sentence goes on. */
export function decodeSafetensors(bytes: Uint8Array): SafeTensors | string {
  if (bytes.length < 8) return "is too short for a safetensors file";
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const length = Number(view.getBigUint64(0, true));
  const start = 8 + length;
  if (!(start <= bytes.length))
    return `says that its header has ${length} bytes, and has ${bytes.length - 8}`;
  const header = parsed(new TextDecoder().decode(bytes.subarray(8, start)));
  if (!isObject(header)) return "has a header that is no JSON";
  const overlap = overlapIn(header);
  if (overlap !== null) return `has tensors over the same bytes: ${overlap}`;
  const tensors = new Map<string, FloatTensor>();
  const metadata: Record<string, string> = {};
  for (const [name, entry] of Object.entries(header)) {
    if (name === "__metadata__") {
      if (isObject(entry))
        for (const [key, value] of Object.entries(entry))
          if (typeof value === "string") metadata[key] = value;
      continue;
    }
    const tensor = isObject(entry) ? tensorOf(entry, view, start) : "is described by no object";
    if (typeof tensor === "string") return `has a tensor \`${name}\` that ${tensor}`;
    tensors.set(name, tensor);
  }
  return { tensors, metadata };
}

/** Two tensors with bytes in common, which the format forbids: by them a few bytes would be terabytes. */
function overlapIn(header: Readonly<Record<string, unknown>>): string | null {
  const places = Object.entries(header).flatMap(([name, entry]) => {
    const offsets = isObject(entry) ? entry["data_offsets"] : null;
    if (name === "__metadata__" || !isSizes(offsets)) return [];
    const [begin = 0, end = 0] = offsets;
    return end > begin ? [{ name, begin, end }] : [];
  });
  const inOrder = places.toSorted((a, b) => a.begin - b.begin);
  for (const [i, { name, begin }] of inOrder.entries()) {
    const before = inOrder[i - 1];
    if (before !== undefined && begin < before.end) return `${quote(before.name)} and ${quote(name)}`;
  }
  return null;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

function tensorOf(
  entry: Readonly<Record<string, unknown>>,
  view: DataView,
  start: number,
): FloatTensor | string {
  const {
    dtype,
    shape,
    data_offsets: offsets,
  } = {
    dtype: entry["dtype"],
    shape: entry["shape"],
    data_offsets: entry["data_offsets"],
  };
  const type = typeof dtype === "string" && Object.hasOwn(TYPES, dtype) ? TYPES[dtype] : undefined;
  if (type === undefined)
    return `is of ${typeof dtype === "string" ? dtype : "a type without a name"}, which is not read`;
  if (!isSizes(shape) || !isSizes(offsets)) return "has no sizes or no place";
  const [begin = 0, end = 0] = offsets;
  const count = sizeOf(shape);
  if (end - begin !== count * type.size || start + end > view.byteLength)
    return `has ${end - begin} bytes for the sizes [${shape.join(", ")}]`;
  const data = new Float32Array(count);
  for (let i = 0; i < count; i++) data[i] = type.read(view, start + begin + i * type.size);
  return { shape, data };
}
