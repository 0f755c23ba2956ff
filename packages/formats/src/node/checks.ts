// Exports held to their models by running them in their readers, which whoever has them installs: none comes along.

import type { CheckFormat, CheckReport, Exported, ImportReader } from "../check.ts";
import type { PortableModel } from "../model/portable-model.ts";
import { type FormatName, formats } from "../table.ts";
import { checkJs } from "./check-js.ts";
import { checkOnnx } from "./check-onnx.ts";
import { checkSql } from "./check-sql.ts";
import { checkTfjs } from "./check-tfjs.ts";

interface Check {
  readonly reader: string;
  readonly run: CheckFormat;
}

const checks: Readonly<Partial<Record<FormatName, Check>>> = {
  onnx: { reader: "ONNX Runtime", run: checkOnnx },
  tfjs: { reader: "TensorFlow.js", run: checkTfjs },
  sql: { reader: "DuckDB", run: checkSql },
  js: { reader: "Node", run: checkJs },
};

/** What the reader of the format makes of the samples of the model, beside Netwright's own answers; whatever it throws is told. */
export async function checkExport(
  format: FormatName,
  exported: Exported,
  model: PortableModel,
  importing: ImportReader,
): Promise<CheckReport> {
  const check = checks[format];
  // Of a model of pictures there is no sample to run.
  if (check === undefined || model.samples.answers.length === 0)
    return { kind: "judged elsewhere", judge: formats[format].judge };
  try {
    return await check.run(exported, model, importing);
  } catch (error) {
    return { kind: "failed", by: check.reader, says: error instanceof Error ? error.message : String(error) };
  }
}
