// One hash for a set of tensors, to say whether two trainings gave the same bits.

import { bytesToHex } from "@noble/hashes/utils.js";
import { elementTypeOf, littleEndianBytes, sortedNames, type Tensors } from "../tensors/tensors.ts";
import { createSha256 } from "./sha256.ts";

/**
 * SHA-256 over each tensor in order of the names: one line of JSON `[name, type, shape]`, then the elements
 * as little-endian bytes. The line says how many bytes follow, so no two sets share an encoding.
 */
export function weightsHash(tensors: Tensors): string {
  const hash = createSha256();
  const encoder = new TextEncoder();
  for (const name of sortedNames(tensors.keys())) {
    const tensor = tensors.get(name);
    if (tensor === undefined) continue;
    const { shape, data } = tensor;
    hash.update(encoder.encode(`${JSON.stringify([name, elementTypeOf(data), shape])}\n`));
    hash.update(littleEndianBytes(data));
  }
  return bytesToHex(hash.digest());
}
