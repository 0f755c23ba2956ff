// Public face of the wasm backend.

export type { WasmFile, WasmOptions } from "./options.ts";
export { backend, backendContract, createWasmBackend, wasmBackend } from "./wasm-backend.ts";
