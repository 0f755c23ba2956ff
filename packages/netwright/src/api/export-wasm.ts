// `exportWasm` of the public API.

import type { RunBundle } from "@netwright/runtime";
import type { FullCatalog } from "../catalog/catalog.ts";
import { exportRun, type WasmExport } from "../export/export-run.ts";
import { valueOrThrow } from "../netwright-error.ts";
import { checkArgument, checkOptions, type Kind, kinds } from "./check-options.ts";

/**
 * A trained run (`bundle` of what `train` gives) as one WebAssembly module and its typed wrapper. Predictions have
 * the bits of the reference backend.
 * @throws NetwrightError when the run has no data section or does not fit its network
 */
export async function exportWasm(run: RunBundle, options: ExportOptions = {}): Promise<WasmExport> {
  checkArgument("the run of `exportWasm`", run, kinds.run);
  checkOptions("exportWasm", options, EXPORT_OPTIONS);
  return valueOrThrow(await exportRun(run, options));
}

export interface ExportOptions {
  /** What the run names, where that is more than Netwright's own: see `extendCatalog`. */
  readonly catalog?: FullCatalog;
}

const EXPORT_OPTIONS: { readonly [K in keyof ExportOptions]-?: Kind } = { catalog: kinds.catalog };
