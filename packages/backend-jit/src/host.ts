// The part of WebAssembly's JavaScript interface that is used here. Browsers and Node have it; the type libraries
// that describe it bring the rest of one of them along.

export interface Memory {
  readonly buffer: ArrayBuffer;
}

interface WebAssemblyHost {
  readonly Memory: new (descriptor: { readonly initial: number }) => Memory;
  readonly validate: (bytes: Uint8Array<ArrayBuffer>) => boolean;
  readonly instantiate: (
    bytes: Uint8Array<ArrayBuffer>,
    imports: Readonly<Record<string, Readonly<Record<string, Memory>>>>,
  ) => Promise<{ readonly instance: { readonly exports: Readonly<Record<string, unknown>> } }>;
}

/** Undefined where the host has no WebAssembly. */
export function webAssembly(): WebAssemblyHost | undefined {
  // The types of the language alone do not know it.
  const host = globalThis as unknown as { readonly WebAssembly?: WebAssemblyHost };
  return host.WebAssembly;
}
