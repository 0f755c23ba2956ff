// A model as TensorFlow.js loads it: `model.json` and one file of weights, and beside them a module with what is no layer there: words,
// empty cells, ranges.

import { type FormatOptions, textFile, type Written } from "../format.ts";
import { batchShape, inputsOf } from "../keras/config.ts";
import type { Json, KerasLayer } from "../keras/graph.ts";
import { type Lowered, lowered } from "../keras/lower.ts";
import { contractOf, ownTexts } from "../model/contract.ts";
import type { FloatTensor } from "../model/layouts.ts";
import type { PortableModel } from "../model/portable-model.ts";
import { javascriptModule } from "../preprocess/javascript.ts";

const WEIGHTS = "weights.bin";

export function writeTfjs(model: PortableModel, { rawInput = false }: FormatOptions): Written {
  const made = lowered(model, { dialect: "tfjs", rawInput, byColumn: false });
  if ("refused" in made) return made;
  const weights = made.layers.flatMap(({ name, weights: own }) =>
    own.map(({ name: weight, tensor }) => ({ name: `${name}/${weight}`, tensor })),
  );
  const json = {
    format: "layers-model",
    generatedBy: `Netwright ${model.version}`,
    convertedBy: null,
    modelTopology: {
      keras_version: "2.15.0",
      backend: "tensorflow",
      model_config: topology(model.name, made),
    },
    weightsManifest: [
      {
        paths: [WEIGHTS],
        weights: weights.map(({ name, tensor }) => ({ name, shape: tensor.shape, dtype: "float32" })),
      },
    ],
    userDefinedMetadata: { netwright_contract: contractOf(model), netwright: ownTexts(model) },
  };
  const files = [
    textFile("model.json", JSON.stringify(json)),
    { name: WEIGHTS, content: bytesOf(weights.map(({ tensor }) => tensor)) },
  ];
  if (rawInput) return { files };
  return { files: [...files, textFile("preprocess.mjs", javascriptModule(model, made.inputNames))] };
}

/** Little-endian, one behind the other. */
function bytesOf(tensors: readonly FloatTensor[]): Uint8Array<ArrayBuffer> {
  const content = new Uint8Array(4 * tensors.reduce((sum, { data }) => sum + data.length, 0));
  const view = new DataView(content.buffer);
  let at = 0;
  for (const { data } of tensors)
    for (const value of data) {
      view.setFloat32(at, value, true);
      at += 4;
    }
  return content;
}

/** In the form of Keras 2. */
function topology(name: string, made: Lowered): Json {
  const { layers, output } = made;
  return {
    class_name: "Model",
    config: {
      name,
      layers: layers.map((layer) => ({
        class_name: layer.className,
        name: layer.name,
        config: { name: layer.name, ...inputConfig(layer), ...layer.config },
        inbound_nodes: layer.inputs.length === 0 ? [] : [layer.inputs.map((input) => [input, 0, 0, {}])],
      })),
      input_layers: inputsOf(made).map((input) => [input, 0, 0]),
      output_layers: [[output, 0, 0]],
    },
  };
}

/** TensorFlow.js reads the first spelling and passes over the second, which is that of Keras 3. */
function inputConfig({ className, shape, dtype }: KerasLayer): { readonly [name: string]: Json } {
  if (className !== "InputLayer") return {};
  return { batch_input_shape: batchShape(shape), batch_shape: batchShape(shape), dtype, sparse: false };
}
