// A model of layers as TensorFlow.js saves it, or converts it from Keras: `model.json` and the files of weights that it names.

import { ownTextsIn } from "../../model/contract.ts";
import { withIndices } from "../embedded-inputs.ts";
import { ForeignGraph } from "../foreign-graph.ts";
import type { Arrived, ForeignFiles, ReadForeign } from "../foreign-model.ts";
import { fieldOf, objectIn, parsed, textIn } from "../keras/json.ts";
import type { Reading } from "../keras/layer-call.ts";
import { readTopology } from "../keras/topology.ts";
import { inOrder, type ListedWeight, type WeightSource } from "../keras/weights.ts";
import { listedWeights } from "./manifest.ts";

export const readTfjs: ReadForeign = async (files, settings) => {
  const json = jsonIn(files);
  if (json === null) return refuse("The file", "is no JSON");
  if (
    textIn(json.value, "format") === "graph-model" ||
    objectIn(objectIn(json.value, "modelTopology"), "node") !== null
  )
    return refuse(
      "The file",
      "is a graph model, which has operations and no layers: save the layers, `model.save`",
    );
  const topology = fieldOf(json.value, "modelTopology");
  if (topology === undefined || topology === null)
    return refuse("The file", "has no `modelTopology`: it is no model that TensorFlow.js saved");
  const read = listedWeights(json.value, files);
  if ("refused" in read) return read;
  const model = fieldOf(topology, "model_config") ?? topology;
  // What the words of a file from Python mean in TensorFlow.js, they mean here.
  const g = new ForeignGraph();
  const reading: Reading = { g, written: "tfjs", settings, inputs: [] };
  const output = readTopology(
    typeof model === "string" ? parsed(model) : model,
    reading,
    sourceOf(read.listed),
  );
  const inputs = withIndices(reading.inputs, g);
  if (g.refused.length > 0 || output === null) return { refused: g.refused };
  return {
    model: {
      name: json.name,
      writer: textIn(json.value, "generatedBy"),
      inputs,
      layers: g.layers,
      output,
      classes: null,
      notes: g.notes,
      own: ownTextsIn(objectIn(objectIn(json.value, "userDefinedMetadata"), "netwright") ?? {}),
    },
  };
};

function refuse(what: string, why: string): Arrived {
  return { refused: [{ what, why }] };
}

function jsonIn(files: ForeignFiles): { readonly name: string; readonly value: unknown } | null {
  for (const [file, bytes] of files) {
    if (!/\.json$/i.test(file) && files.size > 1) continue;
    const value = parsed(new TextDecoder().decode(bytes));
    if (value !== null) return { name: file.replace(/\.json$/i, ""), value };
  }
  return null;
}

/** Weights are called after their layer; those of cells after the cell. */
function sourceOf(listed: readonly ListedWeight[]): WeightSource {
  const source: WeightSource = {
    layer: (_, name) => inOrder(listed.filter((one) => isOf(one.name, name))),
    model: () => source,
  };
  return source;
}

function isOf(weight: string, layer: string): boolean {
  const parts = weight.split("/");
  return parts.length > 1 && parts.slice(0, -1).includes(layer);
}
