// What a user may choose about the wasm backend.

export interface WasmOptions {
  /**
   * Where the `.wasm` files of @tensorflow/tfjs-backend-wasm are: a folder or URL prefix that ends in `/`, or
   * a path or URL for each file. By default next to the package in Node, next to the bundle in browsers.
   */
  readonly wasmPaths?: string | Readonly<Partial<Record<WasmFile, string>>>;
}

export type WasmFile =
  | "tfjs-backend-wasm.wasm"
  | "tfjs-backend-wasm-simd.wasm"
  | "tfjs-backend-wasm-threaded-simd.wasm";
