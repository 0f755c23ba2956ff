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

/**
 * Whether the engine's optimizing compiler emits loads and arithmetic in the order of the module, rather than all
 * loads first: V8 since it compiles WebAssembly by Turboshaft, not yet in Node 20 and 22. Nothing tells; V8 has
 * had `Math.f16round` since a little later, and it is new enough in other engines. Matters for speed alone.
 */
export function keepsInstructionOrder(): boolean {
  return "f16round" in Math;
}
