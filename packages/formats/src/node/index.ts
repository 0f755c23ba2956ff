// What runs readers of formats, in Node.

export { type OnnxRuntime, predicted } from "./check-onnx.ts";
export { type DuckDb, rowsOf } from "./check-sql.ts";
export { checkExport, type ImportReader } from "./checks.ts";
