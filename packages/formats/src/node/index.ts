// What runs readers of formats, in Node.

export { type OnnxRuntime, predicted } from "./check-onnx.ts";
export { checkExport, type ImportReader } from "./checks.ts";
