// Puts functions, memory, imports, exports and data together into the bytes of one WebAssembly module.
// Imported functions are numbered before the module's own, so imports come first.

import { ByteWriter } from "./byte-writer.ts";
import { type FunctionBody, writeBody } from "./function-body.ts";
import { FunctionBuilder, type FunctionRef, type Local } from "./function-builder.ts";
import { type FunctionType, type ValueType, valueTypeCode } from "./value-type.ts";

/** Sizes in pages of 64 KiB. A shared memory must have a maximum. */
export interface MemoryLimits {
  readonly initial: number;
  readonly maximum?: number;
  readonly shared?: boolean;
}

interface Import {
  readonly module: string;
  readonly name: string;
  readonly describe: (writer: ByteWriter) => void;
}

interface DeclaredFunction {
  readonly type: number;
  readonly ref: FunctionRef;
  body: FunctionBody | undefined;
  addresses: readonly (number | undefined)[];
}

interface Data {
  readonly address: number;
  readonly bytes: Uint8Array;
}

const section = { type: 1, import: 2, function: 3, memory: 5, export: 7, code: 10, data: 11 } as const;
const kind = { function: 0, memory: 2 } as const;
const header = [0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00];

function writeLimits(writer: ByteWriter, { initial, maximum, shared = false }: MemoryLimits): void {
  if (shared && maximum === undefined) throw new Error("a shared memory needs a maximum");
  writer.byte((maximum === undefined ? 0 : 1) | (shared ? 2 : 0));
  writer.u32(initial);
  if (maximum !== undefined) writer.u32(maximum);
}

export class ModuleBuilder {
  readonly #types: FunctionType[] = [];
  readonly #imports: Import[] = [];
  readonly #functions: DeclaredFunction[] = [];
  /** Buffers that no function is being written to. */
  readonly #free: ByteWriter[] = [];
  readonly #exports: { readonly name: string; readonly kind: number; readonly index: number }[] = [];
  readonly #data: Data[] = [];
  #importedFunctions = 0;
  #memory: MemoryLimits | undefined;
  readonly #checked: boolean;

  /** `checked`: whether the types are checked as code is written, rather than by the engine alone. */
  constructor({ checked = true }: { readonly checked?: boolean } = {}) {
    this.#checked = checked;
  }

  #typeIndex(type: FunctionType): number {
    const same = (a: readonly ValueType[], b: readonly ValueType[]) => a.join() === b.join();
    const found = this.#types.findIndex(
      (other) => other === type || (same(other.params, type.params) && same(other.results, type.results)),
    );
    return found >= 0 ? found : this.#types.push(type) - 1;
  }

  importMemory(module: string, name: string, limits: MemoryLimits): void {
    const describe = (writer: ByteWriter) => {
      writer.byte(kind.memory);
      writeLimits(writer, limits);
    };
    this.#imports.push({ module, name, describe });
  }

  /** A memory of the module's own, instead of an imported one; exported under `exportName` if given. */
  ownMemory(limits: MemoryLimits, exportName?: string): void {
    this.#memory = limits;
    if (exportName !== undefined) this.#exports.push({ name: exportName, kind: kind.memory, index: 0 });
  }

  importFunction(module: string, name: string, type: FunctionType): FunctionRef {
    if (this.#functions.length > 0) throw new Error("functions are imported before any is defined");
    const typeIndex = this.#typeIndex(type);
    const describe = (writer: ByteWriter) => {
      writer.byte(kind.function);
      writer.u32(typeIndex);
    };
    this.#imports.push({ module, name, describe });
    return { index: this.#importedFunctions++, name, type };
  }

  /** A function to be defined later, so that others can call it before. */
  declare(name: string, type: FunctionType): FunctionRef {
    const ref = { index: this.#importedFunctions + this.#functions.length, name, type };
    this.#functions.push({ type: this.#typeIndex(type), ref, body: undefined, addresses: [] });
    return ref;
  }

  define(ref: FunctionRef, body: (fn: FunctionBuilder, params: readonly Local[]) => void): void {
    const entry = this.#functions[ref.index - this.#importedFunctions];
    if (entry === undefined || entry.ref !== ref) throw new Error(`"${ref.name}" is not of this module`);
    if (entry.body !== undefined) throw new Error(`"${ref.name}" is defined twice`);
    const finished = this.body(ref.name, ref.type, body);
    if (finished.open.length > 0) throw new Error(`"${ref.name}" has an open address`);
    entry.body = finished;
  }

  /** Declares and defines in one. */
  func(
    name: string,
    type: FunctionType,
    body: (fn: FunctionBuilder, params: readonly Local[]) => void,
  ): FunctionRef {
    const ref = this.declare(name, type);
    this.define(ref, body);
    return ref;
  }

  /** The body of a function that can be added several times. What it calls must be of this module. */
  body(
    name: string,
    type: FunctionType,
    body: (fn: FunctionBuilder, params: readonly Local[]) => void,
  ): FunctionBody {
    // One for each function that is being written: a body may define what it calls.
    const code = this.#free.pop() ?? new ByteWriter();
    const fn = new FunctionBuilder(name, type, code, this.#checked);
    body(fn, fn.params);
    const finished = fn.finish();
    code.clear();
    this.#free.push(code);
    return finished;
  }

  /** A function of a body, and what its open addresses are: see `writeBody`. */
  add(
    name: string,
    type: FunctionType,
    body: FunctionBody,
    addresses: readonly (number | undefined)[],
  ): FunctionRef {
    const ref = this.declare(name, type);
    const entry = this.#functions[ref.index - this.#importedFunctions];
    if (entry !== undefined) {
      entry.body = body;
      entry.addresses = addresses;
    }
    return ref;
  }

  exportFunction(ref: FunctionRef, name: string = ref.name): void {
    this.#exports.push({ name, kind: kind.function, index: ref.index });
  }

  /** Bytes put into memory whenever the module is instantiated, also for each further thread. */
  data(address: number, bytes: Uint8Array): void {
    this.#data.push({ address, bytes });
  }

  #section<T>(
    writer: ByteWriter,
    id: number,
    items: readonly T[],
    write: (content: ByteWriter, item: T) => void,
  ): void {
    if (items.length === 0) return;
    const content = new ByteWriter();
    content.u32(items.length);
    for (const item of items) write(content, item);
    writer.byte(id);
    writer.sized(content);
  }

  toBytes(): Uint8Array<ArrayBuffer> {
    const writer = new ByteWriter();
    writer.bytes(header);
    this.#section(writer, section.type, this.#types, (content, { params, results }) => {
      content.byte(0x60);
      for (const types of [params, results]) {
        content.u32(types.length);
        for (const type of types) content.byte(valueTypeCode[type]);
      }
    });
    this.#section(writer, section.import, this.#imports, (content, { module, name, describe }) => {
      content.name(module);
      content.name(name);
      describe(content);
    });
    this.#section(writer, section.function, this.#functions, (content, { type }) => content.u32(type));
    this.#section(writer, section.memory, this.#memory === undefined ? [] : [this.#memory], writeLimits);
    this.#section(writer, section.export, this.#exports, (content, entry) => {
      content.name(entry.name);
      content.byte(entry.kind);
      content.u32(entry.index);
    });
    this.#section(writer, section.code, this.#functions, (content, { body, ref, addresses }) => {
      if (body === undefined) throw new Error(`"${ref.name}" is declared but not defined`);
      writeBody(content, body, addresses);
    });
    this.#section(writer, section.data, this.#data, (content, { address, bytes }) => {
      content.bytes([0x00, 0x41]);
      content.s32(address);
      content.byte(0x0b);
      content.u32(bytes.length);
      content.bytes(bytes);
    });
    return new Uint8Array(writer.view());
  }
}
