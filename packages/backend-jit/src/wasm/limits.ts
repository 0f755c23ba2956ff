// How large a module may be. Engines hold the same limits: source, WebAssembly JavaScript Interface, "Implementation-defined
// Limits". They say in words of their own what is too much, so that we measure instead of reading them.

import { at } from "@netwright/ir";

const MODULE_BYTES = 2 ** 30;
const FUNCTION_BYTES = 7_654_321;
const FUNCTION_LOCALS = 50_000;

/** Behind the magic number and the version. */
const FIRST_SECTION = 8;
const CODE = 10;

/** What of a module is more than engines take, as a sentence goes on; null where nothing is. */
export function beyondLimits(module: Uint8Array): string | null {
  if (module.length > MODULE_BYTES)
    return `its module has ${module.length} bytes, and engines take ${MODULE_BYTES}`;
  const reader = new Reader(module, FIRST_SECTION);
  while (!reader.isAtEnd()) {
    const isCode = reader.u32() === CODE;
    const end = reader.endOfSized();
    if (isCode) return ofFunctions(reader);
    reader.place = end;
  }
  return null;
}

function ofFunctions(reader: Reader): string | null {
  for (let left = reader.u32(); left > 0; left--) {
    const end = reader.endOfSized();
    const size = end - reader.place;
    if (size > FUNCTION_BYTES)
      return `a function of its module has ${size} bytes, and engines take ${FUNCTION_BYTES}`;
    let locals = 0;
    for (let groups = reader.u32(); groups > 0; groups--) {
      locals += reader.u32();
      // Their type.
      reader.place++;
    }
    if (locals > FUNCTION_LOCALS)
      return `a function of its module has ${locals} variables, and engines take ${FUNCTION_LOCALS}`;
    reader.place = end;
  }
  return null;
}

class Reader {
  readonly #bytes: Uint8Array;
  place: number;

  constructor(bytes: Uint8Array, place: number) {
    this.#bytes = bytes;
    this.place = place;
  }

  isAtEnd(): boolean {
    return this.place >= this.#bytes.length;
  }

  /** LEB128. */
  u32(): number {
    let value = 0;
    for (let factor = 1; ; factor *= 128) {
      const byte = at(this.#bytes, this.place++);
      value += (byte & 0x7f) * factor;
      if (byte < 0x80) return value;
    }
  }

  /** Where what has its size in front ends, which begins at `place` from then on. */
  endOfSized(): number {
    const size = this.u32();
    return this.place + size;
  }
}
