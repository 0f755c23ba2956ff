// `exportModel` of the public API.

import { DIALECT_NAMES } from "@netwright/formats";
import type { RunBundle } from "@netwright/runtime";
import type { FullCatalog } from "../catalog/catalog.ts";
import { exportFormats, type FormatFile, type FormatName, type FormatOptions } from "../export/formats.ts";
import { valueOrThrow } from "../netwright-error.ts";
import { checkArgument, checkOptions, type Kind, kinds, refuse } from "./check-options.ts";

/**
 * A trained run (`bundle` of what `train` gives) in a format of other tools: the files by name, as bytes.
 * @throws NetwrightError when the format cannot carry the model (NW0860, NW0843), or the run does not fit its network
 */
export async function exportModel(
  run: RunBundle,
  format: FormatName,
  options: ExportModelOptions = {},
): Promise<readonly FormatFile[]> {
  checkArgument("the run of `exportModel`", run, kinds.run);
  checkArgument("the format of `exportModel`", format, FORMAT);
  checkOptions("exportModel", options, OPTIONS);
  const { catalog, ...asked } = options;
  const { options: taken, write } = exportFormats[format];
  refuse(
    Object.keys(asked).flatMap((name) =>
      taken.some((option) => option === name)
        ? []
        : [[`\`${name}\` of \`exportModel\` is none of \`${format}\``, "Leave it out."] as const],
    ),
  );
  return valueOrThrow(await write(run, options));
}

export interface ExportModelOptions extends FormatOptions {
  /** What the run names, where that is more than Netwright's own: see `extendCatalog`. */
  readonly catalog?: FullCatalog;
}

const FORMAT: Kind = {
  expected: `one of ${Object.keys(exportFormats).join(", ")}`,
  is: (value) => typeof value === "string" && Object.hasOwn(exportFormats, value),
};

const OPTIONS: { readonly [K in keyof ExportModelOptions]-?: Kind } = {
  catalog: kinds.catalog,
  rows: kinds.epochs,
  rawInput: kinds.flag,
  precision: {
    expected: "`float` or `double`",
    is: (value) => value === "float" || value === "double",
  },
  dialect: {
    expected: `one of ${DIALECT_NAMES.join(", ")}`,
    is: (value) => DIALECT_NAMES.some((name) => name === value),
  },
};
