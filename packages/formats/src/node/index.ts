// What runs readers of formats, in Node.

export { workbookOf } from "../xlsx/write.ts";
export { type DuckDb, rowsOf } from "./check-sql.ts";
export { checkExport } from "./checks.ts";
export { apartFromFloat64, float64Run } from "./float64-run.ts";
