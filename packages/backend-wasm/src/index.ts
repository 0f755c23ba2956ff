// Public face of the wasm backend.

export type { WasmFile, WasmOptions } from "./tfjs-instance.ts";
export { createWasmBackend, wasmBackend } from "./wasm-backend.ts";
