// The graph of a resolved model: inputs, outputs, and layers, one schema for each definition.

import type { Documented } from "@netwright/definitions";
import { documentedIn, type FullCatalog } from "../catalog/catalog.ts";
import { descriptionOf, oneOf } from "./definition-schemas.ts";
import { arrayOf, type JsonSchema, objectSchema, refTo, SPAN } from "./json-schema.ts";
import { argsSchema } from "./param-schema.ts";

const SHAPE = refTo("shape");
const SPAN_MAY_LACK = { optional: ["span"] };

export function layerSchemas(known: FullCatalog): Readonly<Record<string, JsonSchema>> {
  const layers = [...documentedIn(known).layer.values()];
  return {
    shape: arrayOf(
      { type: "integer", minimum: 1 },
      { description: "Sizes without the batch dimension: [8] for eight features." },
    ),
    layer: oneOf(layers.map(({ name }) => `layer.${name}`)),
    ...Object.fromEntries(layers.map((layer) => [`layer.${layer.name}`, layerSchema(layer, known)])),
  };
}

const NAME = { type: "string" };
const TYPE = refTo("valueType");
const SOURCE = objectSchema(
  { from: NAME, type: TYPE },
  { description: "A value: what gives it, and its type." },
);

export function flowSchemas(): Readonly<Record<string, JsonSchema>> {
  return {
    valueType: {
      oneOf: [
        objectSchema({ kind: { const: "number" }, shape: SHAPE }),
        objectSchema({ kind: { const: "index" }, shape: SHAPE, of: { type: "integer", minimum: 1 } }),
      ],
      description: "Numbers of a shape, or indices from 0 up to `of`, that one not included.",
    },
    modelInput: objectSchema(
      { name: NAME, type: TYPE },
      { description: "What the network is given for each row." },
    ),
    modelOutput: objectSchema(
      { name: NAME, from: NAME, type: TYPE, members: { type: "integer", minimum: 1 } },
      {
        optional: ["members"],
        description:
          "What the network gives for each row, and the layer or input that gives it; of so many members, each with its own, where it is an ensemble.",
      },
    ),
    closes: objectSchema(
      { name: NAME, kind: { enum: ["residual", "parallel"] }, parts: arrayOf(NAME, { minItems: 1 }) },
      { description: "The step of the flow whose parts the layer joins: one part for each of its inputs." },
    ),
  };
}

function layerSchema(layer: Documented, known: FullCatalog): JsonSchema {
  return objectSchema(
    {
      name: { type: "string", description: "Unique in the model: dense_1, counted in order of the flow." },
      layer: { const: layer.name },
      args: argsSchema(layer.params, known),
      inputs: arrayOf(SOURCE, { minItems: 1 }),
      type: TYPE,
      weights: {
        type: "string",
        description: "The layer that owns its weights: itself, unless it shares them.",
      },
      path: arrayOf(NAME, { description: "Parts of the flow around it, from outside: residual_1.body." }),
      closes: { anyOf: [refTo("closes"), { type: "null" }] },
      span: SPAN,
    },
    { description: descriptionOf(layer), ...SPAN_MAY_LACK },
  );
}
