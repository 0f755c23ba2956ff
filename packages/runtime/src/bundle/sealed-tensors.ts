// A tensor file with its seal among its metadata. Programs that know nothing of it read the file as any other.

import { sealOf, UNSEALED } from "../hash/seal.ts";
import { fail, type Outcome, problem, type RuntimeProblem, succeed } from "../problem/problem.ts";
import { LENGTH_BYTES, type TensorFile } from "../safetensors/format.ts";
import { writeSafetensors } from "../safetensors/write.ts";
import { SEALED_FORMAT } from "./format-version.ts";

const KEY = "netwright.seal";

export function writeSealed({ tensors, metadata }: TensorFile): Uint8Array {
  const bytes = writeSafetensors({ tensors, metadata: { ...metadata, [KEY]: UNSEALED } });
  const at = placeOf(bytes);
  bytes.set(new TextEncoder().encode(sealOf(bytes, at)), at);
  return bytes;
}

/** The seal of a file that `writeSealed` gave. */
export function sealIn(bytes: Uint8Array): string {
  const at = placeOf(bytes);
  return latin1(bytes.subarray(at, at + UNSEALED.length));
}

/**
 * The seal of a file that could be read; null where its format had none. `file` names it in messages. Problem: NW0829.
 */
export function checkSeal(
  bytes: Uint8Array,
  { metadata }: Pick<TensorFile, "metadata">,
  format: number,
  file: string,
): Outcome<string | null> {
  const stated = metadata[KEY];
  if (stated === undefined && format < SEALED_FORMAT) return succeed(null);
  const at = placeOf(bytes);
  const sealed = at >= 0 && stated === sealIn(bytes) && stated === sealOf(bytes, at);
  return sealed ? succeed(stated) : fail(changed(`\`${file}\``));
}

export function changed(where: string): RuntimeProblem {
  return problem(
    "NW0829",
    `${where} is not as it was written: its hash is another one than it holds.`,
    "It was damaged or edited; restore it from a copy, or train again. What is to be changed is the `.net` file.",
  );
}

/** The byte where its 64 digits begin; negative where there are none. Inside of texts the quotes would be escaped. */
function placeOf(bytes: Uint8Array): number {
  const length = Number(new DataView(bytes.buffer, bytes.byteOffset, LENGTH_BYTES).getBigUint64(0, true));
  const before = `"${KEY}":"`;
  const found = latin1(bytes.subarray(LENGTH_BYTES, LENGTH_BYTES + length)).indexOf(before);
  return found < 0 ? -1 : LENGTH_BYTES + found + before.length;
}

/** One letter for each byte. */
function latin1(bytes: Uint8Array): string {
  return new TextDecoder("latin1").decode(bytes);
}
