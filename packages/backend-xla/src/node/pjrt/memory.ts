// Memory that a plugin may keep pointers into: an ArrayBuffer never moves. An address does not keep it alive, which the engine
// frees as soon as nothing of JavaScript will look at it again; so what points to memory also holds it.
// Addresses are numbers: those of a process lie below 2^53 on every system that there is.

import { type FieldName, STRUCTS, type StructName } from "./layout.ts";
import type { Native } from "./native.ts";

const HALF = 2 ** 32;

/** Something that can be pointed to, as long as it is held. */
export interface Addressed {
  readonly address: number;
}

export class Memory implements Addressed {
  readonly buffer: ArrayBuffer;
  readonly address: number;
  readonly #view: DataView;
  readonly #held = new Map<number, Addressed>();

  constructor(native: Native, bytes: number) {
    // Nothing is at no address.
    this.buffer = new ArrayBuffer(Math.max(8, bytes));
    this.#view = new DataView(this.buffer);
    this.address = native.addressOf(this.buffer);
  }

  /** A pointer to what is held from now on. */
  point(offset: number, to: Addressed): void {
    this.#held.set(offset, to);
    this.set(offset, to.address);
  }

  /** 64 bits, as pointers and sizes are. */
  set(offset: number, value: number): void {
    this.#view.setUint32(offset, value >>> 0, true);
    this.#view.setUint32(offset + 4, Math.floor(value / HALF), true);
  }

  get(offset: number): number {
    return this.#view.getUint32(offset, true) + this.#view.getUint32(offset + 4, true) * HALF;
  }

  set32(offset: number, value: number): void {
    this.#view.setInt32(offset, value, true);
  }

  get32(offset: number): number {
    return this.#view.getInt32(offset, true);
  }
}

/** A struct of the API, all zeros but its size. */
export class Struct<S extends StructName> implements Addressed {
  readonly memory: Memory;
  readonly #fields: Readonly<Record<string, number>>;

  constructor(native: Native, name: S) {
    const { size, fields } = STRUCTS[name];
    // Room to write 64 bits at the last member, which may be shorter.
    this.memory = new Memory(native, size + 8);
    this.memory.set(0, size);
    this.#fields = fields;
  }

  get address(): number {
    return this.memory.address;
  }

  /** Memory is pointed to and held. */
  set(field: FieldName<S>, value: number | Addressed): this {
    if (typeof value === "number") this.memory.set(this.#offset(field), value);
    else this.memory.point(this.#offset(field), value);
    return this;
  }

  set32(field: FieldName<S>, value: number): this {
    this.memory.set32(this.#offset(field), value);
    return this;
  }

  get(field: FieldName<S>): number {
    return this.memory.get(this.#offset(field));
  }

  get32(field: FieldName<S>): number {
    return this.memory.get32(this.#offset(field));
  }

  #offset(field: string): number {
    const offset = this.#fields[field];
    if (offset === undefined) throw new Error(`the struct has no member ${field}`);
    return offset;
  }
}

/** Bytes, or a text in UTF-8, at an address of their own. */
export function placed(native: Native, data: string | Uint8Array): Memory & { readonly size: number } {
  const bytes = typeof data === "string" ? new TextEncoder().encode(data) : data;
  const memory = new Memory(native, bytes.length);
  new Uint8Array(memory.buffer).set(bytes);
  return Object.assign(memory, { size: bytes.length });
}
