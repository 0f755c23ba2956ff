// Exports held to their models by running them in their readers, which whoever has them installs: none comes along.

import type { CheckReport } from "../check.ts";
import type { FormatFile } from "../format.ts";
import type { PortableModel } from "../model/portable-model.ts";
import { type FormatName, formats } from "../table.ts";
import { checkOnnx } from "./check-onnx.ts";
import { checkSql } from "./check-sql.ts";

/** A package by its name, from where the program is; it throws where there is none. */
export type ImportReader = (name: string) => Promise<unknown>;

/** Null where the reader is not installed. */
type Check = (
  files: readonly FormatFile[],
  model: PortableModel,
  importing: ImportReader,
) => Promise<CheckReport>;

const checks: Readonly<Partial<Record<FormatName, Check>>> = { onnx: checkOnnx, sql: checkSql };

/** What the reader of the format makes of the samples of the model, beside Netwright's own answers. */
export async function checkExport(
  format: FormatName,
  files: readonly FormatFile[],
  model: PortableModel,
  importing: ImportReader,
): Promise<CheckReport> {
  const check = checks[format];
  return check === undefined
    ? { kind: "judged elsewhere", judge: formats[format].judge }
    : check(files, model, importing);
}
