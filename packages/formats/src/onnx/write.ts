// A model as ONNX: IR 10, opset 21, operations of ai.onnx alone, so that every runtime of the last years takes it. Columns of a table
// go in by their names, predictions in original units come out.

import { sizeOf } from "@netwright/ir";
import { type Carries, refusalsOf } from "../carries.ts";
import type { FormatOptions, Written } from "../format.ts";
import { contractOf, ownTexts } from "../model/contract.ts";
import { throughLayers } from "../model/layers.ts";
import { widthOf } from "../model/outputs.ts";
import type { PortableModel } from "../model/portable-model.ts";
import { activated, activations } from "./activations.ts";
import { columnInputs, rawInputs } from "./columns.ts";
import { GraphBuilder, type Name } from "./graph-builder.ts";
import { layerNotes } from "./layer-notes.ts";
import { layerRules } from "./layers/table.ts";
import { encodeModel } from "./messages.ts";
import { predicted, writeOutputs } from "./outputs.ts";

const IR_VERSION = 10;
const OPSET = 21;

const CARRIES: Carries = {
  numbers: ["steps", "bins", "waves"],
  layers: new Set([...layerRules.keys(), ...activations.keys()]),
  links: ["as_is", "softmax", "sigmoid", "two_classes", "margins", "exponential", "sorted"],
  passes: false,
  spreads: false,
};

export function writeOnnx(model: PortableModel, { rawInput = false }: FormatOptions): Written {
  // Nobody asks the columns of a matrix.
  const carried = rawInput ? { ...model, columns: [] } : model;
  const refused = refusalsOf(carried, CARRIES);
  if (refused.length > 0) return { refused };
  const g = new GraphBuilder();
  const { values, valid } = rawInput ? rawInputs(g, model) : columnInputs(g, model);
  const last = layersIn(g, model, values);
  g.within("prediction");
  const { network, outputs } = model;
  const { members } = network;
  const { shape } = network.output.type;
  const width = sizeOf(shape) / (members ?? 1);
  const sizes = members === null ? [width] : [members, width];
  const flat = shape.length === sizes.length ? last : g.reshape(last, sizes);
  const given = predicted(g, flat, network, width);
  if (rawInput)
    g.output({ name: "prediction", type: "float", shape: ["N", widthOf(outputs)], doc: "" }, given);
  else writeOutputs(g, outputs, given, valid);
  if (g.refusals.length > 0) return { refused: g.refusals };
  const graph = g.finish(model.name);
  const content = encodeModel({
    irVersion: IR_VERSION,
    opset: OPSET,
    producer: { name: "netwright", version: model.version },
    doc: rawInput ? "The network alone: scaling and words are outside of it." : "",
    metadata: {
      "netwright.contract": JSON.stringify(contractOf(model)),
      ...ownTexts(model),
      ...layerNotes(network, graph),
    },
    graph,
  });
  return { files: [{ name: `${model.name}.onnx`, content }] };
}

/** What the last layer gives. */
function layersIn(g: GraphBuilder, { network }: PortableModel, inputs: ReadonlyMap<string, Name>): Name {
  return throughLayers(g, network, inputs, (context) => {
    const { node } = context;
    g.within(node.name);
    const rule = layerRules.get(node.layer);
    const given =
      rule === undefined ? activated(g, context.x, { name: node.layer, args: node.args }) : rule(context);
    if (given === null) throw new Error(`${node.layer} is refused`);
    return given;
  });
}
