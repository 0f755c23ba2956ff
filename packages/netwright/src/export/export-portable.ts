// A run in a format that is told of a model as plain data.

import { at, quote } from "@netwright/definitions";
import {
  type Format,
  type FormatFile,
  type FormatOptions,
  membersTold,
  type PortableModel,
  type Refusal,
} from "@netwright/formats";
import type { Diagnostic } from "@netwright/lang";
import type { RunBundle } from "@netwright/runtime";
import type { CatalogOption } from "../catalog/catalog.ts";
import { projectError } from "../project/diagnostics.ts";
import { accept, type Checked, reject } from "../project/result.ts";
import { portableModel } from "./portable/portable-model.ts";

/** Problems: those of a saved model, and NW0860 with all that the format does not carry. */
export async function exportPortable(
  name: string,
  load: Format["load"],
  bundle: RunBundle,
  { catalog, ...options }: FormatOptions & CatalogOption,
): Promise<Checked<readonly FormatFile[]>> {
  const [model, write] = await Promise.all([
    portableModel(bundle, catalog === undefined ? {} : { catalog }),
    load(),
  ]);
  if (!model.ok) return model;
  const written = await write(model.value, options);
  if ("refused" in written)
    return reject(
      [...model.diagnostics, notCarried({ format: name, options }, written.refused, model.value)],
      model.sources,
    );
  return accept(written.files, model.diagnostics, model.sources);
}

const MOST_REFUSALS = 5;

interface Request {
  readonly format: string;
  readonly options: FormatOptions;
}

function notCarried(asked: Request, refused: readonly Refusal[], model: PortableModel): Diagnostic {
  const told = refused.slice(0, MOST_REFUSALS).map(({ what, why }) => `${what} ${why}.`);
  const more = refused.length - told.length;
  const first = inSentence(at(refused, 0).what);
  return projectError(
    "NW0860",
    `the model cannot be written as ${quote(asked.format)}: ${first}${refused.length > 1 ? ` and ${refused.length - 1} more` : ""} cannot be carried`,
    [
      ...told,
      ...(more > 0 ? [`And ${more} more.`] : []),
      ...(isRecipeRefused(model, refused)
        ? [
            "The network is a recipe of `netwright/tabular`, with parts that `wasm`, `onnx`, `c`, `js`, `rust` and `go` have and few other formats. `netwright init TABLE --recipe plain` drafts dense layers, which all of them have.",
          ]
        : []),
      `${elsewhere(model, refused, asked)}; docs/export.md says of each format what it carries.`,
    ],
    undefined,
  );
}

/** What there is for the model all the same, and was not asked for already. */
function elsewhere(
  { window, columns }: PortableModel,
  refused: readonly Refusal[],
  { format, options }: Request,
): string {
  if (window !== null)
    return "`--format stablehlo` writes the network alone, whose windows are scaled numbers";
  if (columns.some(({ coding }) => coding.kind === "other" && coding.encoder === "picture")) {
    const isColumn = new Set(columns.map(({ name }) => `Column ${quote(name)}`));
    const isForColumns = refused.every(({ what }) => isColumn.has(what));
    const isAsked = format === "onnx" && options.rawInput === true;
    const way = isForColumns && !isAsked ? "onnx --raw-input" : "stablehlo";
    return `\`--format ${way}\` writes the network alone, which takes pixels as scaled numbers`;
  }
  return "`--format wasm` carries every column and layer";
}

/** What `init` drafts for most tables: whoever asks for another format has not chosen those layers. */
function isRecipeRefused(
  { network: { members }, sources }: PortableModel,
  refused: readonly Refusal[],
): boolean {
  if (members === null || refused.every(({ what }) => what !== membersTold(members))) return false;
  return sources.some(({ text }) => text.includes('use "netwright/tabular"'));
}

function inSentence(what: string): string {
  return what.charAt(0).toLowerCase() + what.slice(1);
}
