// Numbers as a file of NumPy, version 1.0 of its format: magic, the length of a header, the header as a dictionary of Python,
// filled up with blanks to a multiple of 64 bytes, then the numbers, little-endian and row-major.

import { sizeOf } from "@netwright/ir";
import { elementTypeOf, littleEndianBytes, type TensorData } from "@netwright/runtime";

const DESCRIPTIONS = { f32: "<f4", i32: "<i4", u32: "<u4" } as const;
const MAGIC = "\x93NUMPY\x01\x00";
const ALIGNMENT = 64;
/** The length of the header, as two bytes. */
const LENGTH_BYTES = 2;

/** @throws RangeError where there are not as many numbers as `shape` says */
export function npyFile(data: TensorData, shape: readonly number[]): Uint8Array {
  if (sizeOf(shape) !== data.length)
    throw new RangeError(`${data.length} numbers, which is not the shape [${shape.join(", ")}]`);
  const sizes = shape.length === 1 ? `${shape[0]},` : shape.join(", ");
  const dictionary = `{'descr': '${DESCRIPTIONS[elementTypeOf(data)]}', 'fortran_order': False, 'shape': (${sizes}), }`;
  const before = MAGIC.length + LENGTH_BYTES;
  const start = Math.ceil((before + dictionary.length + 1) / ALIGNMENT) * ALIGNMENT;
  const header = `${dictionary.padEnd(start - before - 1)}\n`;
  const file = new Uint8Array(start + data.byteLength);
  for (let i = 0; i < MAGIC.length; i++) file[i] = MAGIC.charCodeAt(i);
  new DataView(file.buffer).setUint16(MAGIC.length, header.length, true);
  file.set(new TextEncoder().encode(header), before);
  file.set(littleEndianBytes(data), start);
  return file;
}
