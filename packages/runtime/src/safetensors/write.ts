// Tensors to the bytes of a safetensors file. Equal content gives equal bytes: everything is sorted by name.

import { littleEndianBytes, sortedNames } from "../tensors/tensors.ts";
import { ALIGNMENT, LENGTH_BYTES, METADATA_KEY, storedTypeOf, type TensorFile } from "./format.ts";

/** @throws RangeError when an array does not have as many elements as its shape, or a name is reserved. */
export function writeSafetensors({ tensors, metadata }: TensorFile): Uint8Array {
  // The JSON text is put together by hand: an object would move names like "0" to its front.
  const entries: string[] = [];
  const keys = sortedNames(Object.keys(metadata));
  if (keys.length > 0) {
    const pairs = keys.map((key) => `${JSON.stringify(key)}:${JSON.stringify(metadata[key])}`);
    entries.push(`"${METADATA_KEY}":{${pairs.join(",")}}`);
  }
  const chunks: Uint8Array[] = [];
  let offset = 0;
  for (const name of sortedNames(tensors.keys())) {
    const tensor = tensors.get(name);
    if (tensor === undefined) continue;
    const { shape, data } = tensor;
    if (name === METADATA_KEY) throw new RangeError(`a tensor cannot be called ${METADATA_KEY}`);
    if (shape.reduce((size, n) => size * n, 1) !== data.length) {
      throw new RangeError(
        `${name} has ${data.length} elements, which is not its shape [${shape.join(", ")}]`,
      );
    }
    const bytes = littleEndianBytes(data);
    const end = offset + bytes.length;
    const entry = { dtype: storedTypeOf(data), shape, data_offsets: [offset, end] };
    entries.push(`${JSON.stringify(name)}:${JSON.stringify(entry)}`);
    chunks.push(bytes);
    offset = end;
  }

  const header = new TextEncoder().encode(`{${entries.join(",")}}`);
  const length = Math.ceil(header.length / ALIGNMENT) * ALIGNMENT;
  const file = new Uint8Array(LENGTH_BYTES + length + offset);
  new DataView(file.buffer).setBigUint64(0, BigInt(length), true);
  file.fill(0x20, LENGTH_BYTES, LENGTH_BYTES + length);
  file.set(header, LENGTH_BYTES);
  let position = LENGTH_BYTES + length;
  for (const bytes of chunks) {
    file.set(bytes, position);
    position += bytes.length;
  }
  return file;
}
