// Exports held to their models by running them in their readers, which whoever has them installs: none comes along.

import type { CheckFormat, CheckReport, Exported, ImportReader } from "../check.ts";
import type { PortableModel } from "../model/portable-model.ts";
import { type FormatName, formats } from "../table.ts";
import { checkOnnx } from "./check-onnx.ts";
import { checkSql } from "./check-sql.ts";

const checks: Readonly<Partial<Record<FormatName, CheckFormat>>> = { onnx: checkOnnx, sql: checkSql };

/** What the reader of the format makes of the samples of the model, beside Netwright's own answers. */
export async function checkExport(
  format: FormatName,
  exported: Exported,
  model: PortableModel,
  importing: ImportReader,
): Promise<CheckReport> {
  const check = checks[format];
  return check === undefined
    ? { kind: "judged elsewhere", judge: formats[format].judge }
    : check(exported, model, importing);
}
