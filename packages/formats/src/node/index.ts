// What runs readers of formats, in Node.

export { type DuckDb, rowsOf } from "./check-sql.ts";
export { checkExport } from "./checks.ts";
export { runForeign } from "./runs.ts";
