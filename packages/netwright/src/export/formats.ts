// Every format that a run can be written in, in one table: those of `@netwright/formats`, and the two that need a compiler of
// ours beside the model. All of them are loaded when they are used.

import {
  type FormatFile,
  type FormatOptions,
  type Format as Portable,
  type FormatName as PortableName,
  formats as portable,
} from "@netwright/formats";
import type { RunBundle } from "@netwright/runtime";
import type { CatalogOption } from "../catalog/catalog.ts";
import type { Checked } from "../project/result.ts";
import { exportPortable } from "./export-portable.ts";
import { exportRun } from "./export-run.ts";
import { exportStablehlo } from "./export-stablehlo.ts";

export type { FormatFile, FormatOptions } from "@netwright/formats";

export interface ExportFormat extends Omit<Portable, "load" | "options"> {
  readonly options: readonly (keyof FormatOptions)[];
  readonly write: (
    bundle: RunBundle,
    options: FormatOptions & CatalogOption,
  ) => Promise<Checked<readonly FormatFile[]>>;
}

export type FormatName = "wasm" | "stablehlo" | PortableName;

const bytesOf = (text: string): Uint8Array<ArrayBuffer> => new TextEncoder().encode(text);

const wasm: ExportFormat = {
  about: "a WebAssembly module, and an ES module with types around it",
  files: ["NAME.wasm", "NAME.mjs", "NAME.d.mts"],
  page: "export.md",
  options: [],
  judge: null,
  write: async (bundle, { catalog }) => {
    const exported = await exportRun(bundle, catalog === undefined ? {} : { catalog });
    if (!exported.ok) return exported;
    const { name, wasm: module, js, types } = exported.value;
    return {
      ...exported,
      value: [
        { name: `${name}.wasm`, content: module },
        { name: `${name}.mjs`, content: bytesOf(js) },
        { name: `${name}.d.mts`, content: bytesOf(types) },
      ],
    };
  },
};

const stablehlo: ExportFormat = {
  about:
    "its training, a prediction and an evaluation for XLA and JAX; of a file, all that JAX trains it with",
  files: [
    "NAME.init.mlir",
    "NAME.step.mlir",
    "NAME.accumulate.mlir",
    "NAME.evaluate.mlir",
    "NAME.predict.mlir",
  ],
  page: "export.md#stablehlo",
  options: ["rows"],
  judge: "stablehlo",
  write: async (bundle, { rows, catalog }) => {
    const exported = await exportStablehlo(bundle, {
      ...(rows === undefined ? {} : { rows }),
      ...(catalog === undefined ? {} : { catalog }),
    });
    if (!exported.ok) return exported;
    const { name, modules } = exported.value;
    const files = modules.map(({ kind, text }) => ({ name: `${name}.${kind}.mlir`, content: bytesOf(text) }));
    return { ...exported, value: files };
  },
};

export const exportFormats: Readonly<Record<FormatName, ExportFormat>> = {
  wasm,
  stablehlo,
  ...fromPortable(portable),
};

function fromPortable<N extends string>(table: Readonly<Record<N, Portable>>): Record<N, ExportFormat>;
function fromPortable(table: Readonly<Record<string, Portable>>): Record<string, ExportFormat> {
  return Object.fromEntries(
    Object.entries(table).map(([name, { load, ...format }]) => [
      name,
      {
        ...format,
        write: async (bundle: RunBundle, options: FormatOptions & CatalogOption) =>
          exportPortable(name, load, bundle, options),
      },
    ]),
  );
}
