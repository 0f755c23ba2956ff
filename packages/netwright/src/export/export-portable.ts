// A run in a format that is told of a model as plain data.

import { at, quote } from "@netwright/definitions";
import type { Format, FormatFile, FormatOptions, PortableModel, Refusal, Refused } from "@netwright/formats";
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
      [...model.diagnostics, notCarried(name, written.refused, model.value, options)],
      model.sources,
    );
  return accept(written.files, model.diagnostics, model.sources);
}

const MOST_REFUSALS = 5;

/** What helps against a refusal, where it is more than another format. */
const HELP: { readonly [K in Refused]: "numbers into onnx" | "plain recipe" | "another format" } = {
  column: "numbers into onnx",
  network: "numbers into onnx",
  members: "plain recipe",
  input: "another format",
  window: "another format",
  layer: "another format",
  operation: "another format",
  function: "another format",
  passes: "another format",
  loss: "another format",
  prediction: "another format",
  spread: "another format",
  threshold: "another format",
  target: "another format",
  size: "another format",
  library: "another format",
};

function notCarried(
  format: string,
  refused: readonly Refusal[],
  model: PortableModel,
  options: FormatOptions,
): Diagnostic {
  const told = refused.slice(0, MOST_REFUSALS).map(({ what, why }) => `${what} ${why}.`);
  const more = refused.length - told.length;
  const first = inSentence(at(refused, 0).what);
  // Not `and 2 more` behind a column, as if these were columns, too.
  const others = refused.length === 1 ? "" : `, which is one of ${refused.length} reasons`;
  return projectError(
    "NW0860",
    `the model cannot be written as ${quote(format)}: ${first} cannot be carried${others}`,
    [
      ...told,
      ...(more > 0 ? [`And ${more} more.`] : []),
      ...(isRecipe(model) && refused.some(({ of }) => HELP[of] === "plain recipe")
        ? [
            "The network is a recipe of `netwright/tabular`, with parts that `wasm`, `onnx`, `c`, `js`, `rust` and `go` have and few other formats. `netwright init TABLE --recipe plain` drafts dense layers, which all of them have.",
          ]
        : []),
      `${elsewhere(format, refused, model, options)}; \`netwright help docs/export.md#formats\` says of each format what it carries.`,
    ],
    undefined,
  );
}

/** What there is for the model all the same, which is not what was refused. */
function elsewhere(
  format: string,
  refused: readonly Refusal[],
  { window, columns }: PortableModel,
  { rawInput = false }: FormatOptions,
): string {
  if (window !== null)
    return "`--format stablehlo` writes the network alone, whose windows are scaled numbers";
  if (!columns.some(({ coding }) => coding.kind === "other" && coding.encoder === "picture"))
    return "`--format wasm` carries every column and layer";
  // The columns are what `--raw-input` leaves out, and ONNX takes numbers in any number of directions.
  const isForOnnx =
    refused.every(({ of }) => HELP[of] === "numbers into onnx") && !(format === "onnx" && rawInput);
  const network = isForOnnx ? "onnx --raw-input" : "stablehlo";
  return `\`--format ${network}\` writes the network alone, which takes pixels as scaled numbers`;
}

/** What `init` drafts for most tables: whoever asks for another format has not chosen those layers. */
function isRecipe({ sources }: PortableModel): boolean {
  return sources.some(({ text }) => text.includes('use "netwright/tabular"'));
}

function inSentence(what: string): string {
  return what.charAt(0).toLowerCase() + what.slice(1);
}
