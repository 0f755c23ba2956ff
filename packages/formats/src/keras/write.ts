// A model as `.keras`, which Keras 3 loads on JAX, TensorFlow and PyTorch: a zip of its layers as JSON and its weights as HDF5. Beside
// it a module of Python with what is no layer on all of them: words, empty cells, ranges.

import { zipSync } from "fflate/browser";
import { type FormatFile, type FormatOptions, textFile, type WriteFormat, type Written } from "../format.ts";
import { contractOf, ownTexts } from "../model/contract.ts";
import type { PortableModel } from "../model/portable-model.ts";
import { pythonModule } from "../preprocess/python.ts";
import { kerasConfig } from "./config.ts";
import { hdf5Of, MISSING } from "./hdf5.ts";
import { type Lowered, lowered } from "./lower.ts";

/** What the config was held to. */
const KERAS = "3.15.1";

export const writeKeras: WriteFormat = (model, options) =>
  withWeights(model, options, (made, weights) => {
    const json = (value: unknown) => new TextEncoder().encode(JSON.stringify(value));
    const zip = zipSync(
      {
        "metadata.json": json({ keras_version: KERAS, netwright_contract: contractOf(model) }),
        "config.json": json(kerasConfig(model.name, made)),
        "model.weights.h5": weights,
        // Keras passes over what it does not know.
        "netwright.json": json(ownTexts(model)),
      },
      // The same bytes whenever it is written.
      { level: 0, mtime: new Date(1980, 0, 1) },
    );
    return {
      files: [{ name: `${model.name}.keras`, content: Uint8Array.from(zip) }],
      load: `keras.models.load_model("${model.name}.keras")`,
    };
  });

/** A network and its weights as files, and how Python loads them: but for `rawInput` the module with what is no layer stands beside. */
export async function withWeights(
  model: PortableModel,
  { rawInput = false }: FormatOptions,
  filesOf: (
    made: Lowered,
    weights: Uint8Array<ArrayBuffer>,
  ) => { readonly files: readonly FormatFile[]; readonly load: string },
): Promise<Written> {
  const made = lowered(model, { dialect: "keras", rawInput, byColumn: true });
  if ("refused" in made) return made;
  const weights = await hdf5Of(made.layers);
  if (weights === null) return { refused: [MISSING] };
  const { files, load } = filesOf(made, weights);
  if (rawInput) return { files };
  const preprocess = pythonModule(model, made.inputNames, load);
  return { files: [...files, textFile(`${moduleName(model.name)}.py`, preprocess)] };
}

/** As Python imports it. */
export function moduleName(name: string): string {
  return `${name.replace(/[^A-Za-z0-9_]+/g, "_").replace(/^(?![A-Za-z_])/, "model_")}_preprocess`;
}
