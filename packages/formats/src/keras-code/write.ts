// A model as a readable file of Python that builds it with Keras 3, and its weights beside it, as `model.load_weights` reads them.

import { textFile, type WriteFormat } from "../format.ts";
import { inDocstring } from "../in-comment.ts";
import type { Config, Json, KerasLayer } from "../keras/graph.ts";
import type { Lowered } from "../keras/lower.ts";
import { moduleName, withWeights } from "../keras/write.ts";
import type { PortableModel } from "../model/portable-model.ts";
import { pythonLiteral } from "../preprocess/python-literal.ts";

export const writeKerasCode: WriteFormat = (model, options) =>
  withWeights(model, options, (made, weights) => {
    const module = moduleName(model.name).replace(/_preprocess$/, "");
    const own = `${module}.weights.h5`;
    return {
      files: [textFile(`${module}.py`, code(model, made, own)), { name: own, content: weights }],
      load: `${module}.load()`,
    };
  });

function code(model: PortableModel, made: Lowered, weights: string): string {
  const variables = variablesOf(made.layers);
  const variable = (name: string) => variables.get(name) ?? name;
  const lines = made.layers.map((layer) => `    ${variable(layer.name)} = ${callOf(layer, variable)}`);
  const inputs = made.layers
    .filter(({ inputs: taken }) => taken.length === 0)
    .map(({ name }) => variable(name));
  return `"""The network of ${inDocstring(model.name)}, made by Netwright ${model.version} for Keras 3."""

from pathlib import Path

import keras
from keras import layers


def build():
${lines.join("\n")}
    return keras.Model([${inputs.join(", ")}], ${variable(made.output)}, name=${pythonLiteral(model.name)})


def load():
    """The network with its weights, which lie beside this file."""
    model = build()
    model.load_weights(Path(__file__).with_name(${pythonLiteral(weights)}))
    return model
`;
}

const TAKEN: ReadonlySet<string> = new Set(
  "keras layers build load Path and as assert async await break class continue def del elif else except finally for from global if import in is lambda nonlocal not or pass raise return try while with yield None True False".split(
    " ",
  ),
);

/** Names of layers are names of Python, but for its own words. */
function variablesOf(layers: readonly KerasLayer[]): ReadonlyMap<string, string> {
  return new Map(layers.map(({ name }) => [name, TAKEN.has(name) ? `${name}_` : name]));
}

function callOf(
  { name, className, config, inputs, takes, call, shape, dtype }: KerasLayer,
  variable: (name: string) => string,
): string {
  if (className === "InputLayer")
    return `keras.Input(${tuple(shape)}, ${dtype === "float32" ? "" : `dtype=${pythonLiteral(dtype)}, `}name=${pythonLiteral(name)})`;
  const made = `layers.${className}(${[...argumentsOf(config), `name=${pythonLiteral(name)}`].join(", ")})`;
  const given = inputs.map(variable);
  const taken = takes === "list" && given.length > 1 ? [`[${given.join(", ")}]`] : given;
  return `${made}(${[...taken, ...argumentsOf(call)].join(", ")})`;
}

function tuple(shape: readonly number[]): string {
  return `(${shape.join(", ")}${shape.length === 1 ? "," : ""})`;
}

function argumentsOf(config: Config): readonly string[] {
  return Object.entries(config).map(([name, value]) => `${name}=${argument(value)}`);
}

/** A layer inside of another is its constructor. */
function argument(value: Json): string {
  if (
    typeof value === "object" &&
    value !== null &&
    !Array.isArray(value) &&
    "class_name" in value &&
    "config" in value
  ) {
    const { class_name: className, config } = value;
    if (typeof config === "object" && config !== null && !Array.isArray(config))
      return `layers.${String(className)}(${Object.entries(config)
        .map(([name, one]) => `${name}=${pythonLiteral(one)}`)
        .join(", ")})`;
  }
  return pythonLiteral(value);
}
