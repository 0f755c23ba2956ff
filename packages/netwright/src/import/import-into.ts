// Tensors of another tool, which has no layers beside them, as the weights of the network that a `.net` file describes.

import { modelVariables } from "@netwright/compiler";
import { hasError, quote } from "@netwright/definitions";
import { type ForeignFiles, readerOf, readers, tensorsInto } from "@netwright/formats";
import { hashBytes, type ImportedFrom, type ModelFile, type ShapedTensor } from "@netwright/runtime";
import { keptModel } from "../model/kept-model.ts";
import { projectError } from "../project/diagnostics.ts";
import type { Project } from "../project/open-project.ts";
import { accept, type Checked, reject } from "../project/result.ts";
import { sourceTexts } from "../training/trained-run.ts";
import { VERSION } from "../version.ts";
import { foreignRun, networkHash } from "./foreign-run.ts";
import type { Imported, ImportFileOptions } from "./import-foreign.ts";
import { notUnderstood } from "./not-understood.ts";

/** The encoders are those that the table of the project gives. Problems: those of the project, NW0880, NW0882. */
export async function importInto(
  files: ForeignFiles,
  project: Project,
  { platform = {} }: Pick<ImportFileOptions, "platform">,
): Promise<Checked<Imported>> {
  const [[file, bytes] = ["", new Uint8Array()]] = files;
  const format = readerOf(file, bytes);
  if (format !== null && format !== "safetensors")
    return reject([
      notUnderstood(file, [
        {
          what: `File ${quote(file)}`,
          why: `is of ${readers[format].title}, which has layers of its own: only tensors of \`.safetensors\` go into those of another file`,
        },
      ]),
    ]);
  const { model, prepared, diagnostics, sources, catalog: known } = project;
  if (model === undefined || hasError(diagnostics) || (model.data !== null && prepared === undefined))
    return reject(diagnostics, sources);
  const variables = modelVariables(model, known.compiler);
  const taken = tensorsInto(
    files,
    model.nodes.map(({ name, layer, args, inputs }) => ({
      name,
      layer,
      args,
      inputs,
      variables: variables.filter(({ node }) => node.name === name),
    })),
  );
  if ("refused" in taken) return reject([notUnderstood(file, taken.refused)]);
  const weights = new Map<string, ShapedTensor>();
  for (const { id, name, node } of variables) {
    const tensor = taken.weights.get(node.name)?.get(name);
    if (tensor === undefined) throw new Error(`nothing was found for ${id}`);
    weights.set(id, tensor);
  }
  if (model.train?.weight_average != null)
    return reject(
      [
        projectError(
          "NW0882",
          "the file asks for an average of its weights, which no other tool has",
          ["Leave `weight_average` out."],
          model.train.spans["weight_average"],
        ),
      ],
      sources,
    );
  const imported: ImportedFrom = { format: "safetensors", file, writer: null, hash: hashBytes(bytes) };
  const texts = sourceTexts(project.sources);
  const whole: ModelFile = {
    name: model.name,
    sources: texts,
    overrides: {},
    model: keptModel(model, { sources: texts, overrides: {} }),
    resolved: {},
    encoders: prepared?.encoders.fitted ?? null,
    irHash: networkHash(model, known),
    versions: { netwright: VERSION, ...platform },
    weights,
  };
  const bundle = foreignRun(whole, imported);
  const net = texts[0]?.text ?? "";
  return accept(
    { format: "safetensors", writer: null, net, bundle, own: false, logits: false, inputs: [], notes: [] },
    diagnostics,
    sources,
  );
}
