// What runs readers of formats, in Node, and what they are held to.

export { apartFromFloat64, float64Given, float64Run } from "../float64/run.ts";
export { workbookOf } from "../xlsx/write.ts";
export { type DuckDb, rowsOf } from "./check-sql.ts";
export { checkExport } from "./checks.ts";
export { runForeign } from "./runs.ts";
