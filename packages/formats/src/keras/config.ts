// The layers as the JSON of Keras 3: the smallest that it loads.

import type { Shape } from "@netwright/definitions";
import type { Json, KerasLayer } from "./graph.ts";
import type { Lowered } from "./lower.ts";

export function kerasConfig(name: string, made: Lowered): Json {
  const { layers, output } = made;
  const byName = new Map(layers.map((layer) => [layer.name, layer]));
  const tensor = (from: string): Json => ({
    class_name: "__keras_tensor__",
    config: {
      shape: [null, ...(byName.get(from)?.shape ?? [])],
      dtype: byName.get(from)?.dtype ?? "float32",
      keras_history: [from, 0, 0],
    },
  });
  return {
    module: "keras",
    // "Functional" is a private name of Keras.
    class_name: "Model",
    config: {
      name,
      trainable: true,
      layers: layers.map((layer) => ({
        module: "keras.layers",
        class_name: layer.className,
        name: layer.name,
        config: { name: layer.name, ...inputConfig(layer), ...layer.config },
        inbound_nodes: layer.inputs.length === 0 ? [] : [{ args: argsOf(layer, tensor), kwargs: layer.call }],
      })),
      input_layers: inputsOf(made).map((input) => [input, 0, 0]),
      output_layers: [[output, 0, 0]],
    },
  };
}

function inputConfig({ className, shape, dtype }: KerasLayer): { readonly [name: string]: Json } {
  return className === "InputLayer" ? { batch_shape: batchShape(shape), dtype } : {};
}

function argsOf({ inputs, takes }: KerasLayer, tensor: (from: string) => Json): Json {
  const all = inputs.map(tensor);
  return takes === "list" && all.length > 1 ? [all] : all;
}

export function batchShape(shape: Shape): readonly Json[] {
  return [null, ...shape];
}

/** In the order in which they are fed, which is that of the columns. */
export function inputsOf({ layers, inputNames }: Lowered): readonly string[] {
  const there = new Set(layers.map(({ name }) => name));
  return [...inputNames.values()].filter((name) => there.has(name));
}
