// `exportWasm` of the public API.

import type { RunBundle } from "@netwright/runtime";
import { exportRun, type WasmExport } from "../export/export-run.ts";
import { valueOrThrow } from "../netwright-error.ts";
import { checkArgument, kinds } from "./check-options.ts";

/**
 * A trained run (`bundle` of what `train` gives) as one WebAssembly module and its typed wrapper. Predictions have
 * the bits of the reference backend.
 * @throws NetwrightError when the run has no data section or does not fit its network
 */
export async function exportWasm(run: RunBundle): Promise<WasmExport> {
  checkArgument("the run of `exportWasm`", run, kinds.run);
  return valueOrThrow(await exportRun(run));
}
