// Models of other tools run by these, which whoever has them installs: none comes along.

import type { ImportReader } from "../check.ts";
import type { ForeignFiles } from "../import/foreign-model.ts";
import type { ForeignRun, ForeignSamples, RunForeign } from "../import/run.ts";
import type { ReaderName } from "../import/table.ts";
import { runOnnx } from "./run-onnx.ts";
import { runTfjs } from "./run-tfjs.ts";

const runs: Readonly<Partial<Record<ReaderName, RunForeign>>> = { tfjs: runTfjs, onnx: runOnnx };

/** What the tool itself gives for the rows; a model that it does not take here is not run. */
export async function runForeign(
  format: ReaderName,
  files: ForeignFiles,
  samples: ForeignSamples,
  importing: ImportReader,
): Promise<ForeignRun> {
  const run = runs[format];
  if (run === undefined) return { kind: "not run" };
  try {
    return await run(files, samples, importing);
  } catch {
    return { kind: "not run" };
  }
}
