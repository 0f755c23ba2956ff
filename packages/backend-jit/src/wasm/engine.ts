// The engine's WebAssembly object, typed. TypeScript declares it only with the DOM, which we cannot assume and do
// not want in scope; these are the parts that are the same in Node, browsers and workers.

/** Linear memory; `buffer` is a SharedArrayBuffer if it was made shared. */
export interface WasmMemory {
  readonly buffer: ArrayBuffer | SharedArrayBuffer;
  /** Adds pages of 64 KiB; gives the former size. Views of the old buffer end unless it is shared. */
  grow(pages: number): number;
}

/** A compiled module: it can be sent to workers by postMessage. */
export interface WasmModule {
  readonly [Symbol.toStringTag]: string;
}

export interface WasmInstance {
  readonly exports: { readonly [name: string]: unknown };
}

export interface WasmEngine {
  readonly Memory: new (limits: {
    readonly initial: number;
    readonly maximum?: number;
    readonly shared?: boolean;
  }) => WasmMemory;
  readonly Module: new (bytes: Uint8Array<ArrayBuffer>) => WasmModule;
  readonly Instance: new (
    module: WasmModule,
    imports?: { readonly [module: string]: { readonly [name: string]: unknown } },
  ) => WasmInstance;
  readonly CompileError: new (message?: string) => Error;
  readonly RuntimeError: new (message?: string) => Error;
  validate(bytes: Uint8Array): boolean;
  compile(bytes: Uint8Array<ArrayBuffer>): Promise<WasmModule>;
}

// Every engine that we run on has it; its type is what the specification of the JavaScript interface says.
export const engine = (globalThis as unknown as { readonly WebAssembly: WasmEngine }).WebAssembly;

/** A module with a memory of 64-bit addresses, and nothing else. */
const memory64Module = [0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00, 0x05, 0x03, 0x01, 0x04, 0x01];

/**
 * Whether the engine's optimizing compiler emits loads and arithmetic in the order of the module, rather than all
 * loads first. V8 does so since it compiles WebAssembly by Turboshaft (it was Turbofan before); nothing tells, but
 * all V8 versions with memory64 do, and so does every other engine that has it.
 */
export function keepsInstructionOrder(): boolean {
  return engine.validate(new Uint8Array(memory64Module));
}
