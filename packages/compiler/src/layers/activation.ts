// Activations as layers: `activation(relu)`, and each by its own name.

import { instance } from "@netwright/definitions";
import type { Activation } from "../activations/activation.ts";
import { activations } from "../activations/table.ts";
import { apartParts, defineLayer, type Layer, onNumbers } from "./layer.ts";

export const activation = defineLayer({
  name: "activation",
  doc: "Applies an activation function.",
  formula: "function(x)",
  example: "activation(relu)",
  source: "Keras, `Activation`",
  params: { function: instance({ family: "activation", doc: "The function." }) },
  output: onNumbers((shape) => shape),
  parts: (args) => ({ ...apartParts, activation: args.function }),
  build: ({ activate }, [x], args) => activate(args.function, x),
});

function layerOf({ name, doc, formula, example, source, params, build }: Activation): Layer {
  return {
    name,
    doc,
    formula,
    example,
    source,
    params,
    takes: 1,
    output: onNumbers((shape) => shape),
    parts: (args) => ({ ...apartParts, activation: { name, args } }),
    variables: () => [],
    mask: null,
    random: () => false,
    build: ({ b }, [x], args) => build(b, x, args),
  };
}

/** `relu`, `elu` ...: each activation as a layer with the activation's parameters. */
export const activationLayers: readonly Layer[] = [...activations.values()].map(layerOf);
