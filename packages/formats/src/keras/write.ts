// A model as `.keras`, which Keras 3 loads on JAX, TensorFlow and PyTorch: a zip of its layers as JSON and its weights as HDF5. Beside
// it a module of Python with what is no layer on all of them: words, empty cells, ranges.

import { zipSync } from "fflate/browser";
import { type FormatFile, type FormatOptions, textFile, type Written } from "../format.ts";
import { contractOf } from "../model/contract.ts";
import type { PortableModel } from "../model/portable-model.ts";
import { pythonModule } from "../preprocess/python.ts";
import { kerasConfig } from "./config.ts";
import { hdf5Of, MISSING } from "./hdf5.ts";
import { lowered } from "./lower.ts";

/** What the config was held to. */
const KERAS = "3.15.1";

export async function writeKeras(
  model: PortableModel,
  { rawInput = false }: FormatOptions,
): Promise<Written> {
  const made = lowered(model, { dialect: "keras", rawInput, byColumn: true });
  if ("refused" in made) return made;
  const weights = await hdf5Of(made.layers);
  if (weights === null) return { refused: [MISSING] };
  const json = (value: unknown) => new TextEncoder().encode(JSON.stringify(value));
  const zip = zipSync(
    {
      "metadata.json": json({ keras_version: KERAS, netwright_contract: contractOf(model) }),
      "config.json": json(kerasConfig(model.name, made)),
      "model.weights.h5": weights,
    },
    // The same bytes whenever it is written.
    { level: 0, mtime: new Date(1980, 0, 1) },
  );
  const file: FormatFile = { name: `${model.name}.keras`, content: Uint8Array.from(zip) };
  if (rawInput) return { files: [file] };
  const reader = `keras.models.load_model("${model.name}.keras")`;
  return {
    files: [file, textFile(`${moduleName(model.name)}.py`, pythonModule(model, made.inputNames, reader))],
  };
}

/** As Python imports it. */
export function moduleName(name: string): string {
  return `${name.replace(/[^A-Za-z0-9_]+/g, "_").replace(/^(?![A-Za-z_])/, "model_")}_preprocess`;
}
