// The flow of a resolved model: layers, one schema for each definition, and what joins them.

import type { Documented } from "@netwright/definitions";
import { documented } from "../catalog/catalog.ts";
import { descriptionOf, oneOf } from "./definition-schemas.ts";
import { arrayOf, type JsonSchema, objectSchema, refTo, SPAN } from "./json-schema.ts";
import { argsSchema } from "./param-schema.ts";

const SHAPE = refTo("shape");
const NODES = arrayOf(refTo("node"));
const SPAN_MAY_LACK = { optional: ["span"] };

export function layerSchemas(): Readonly<Record<string, JsonSchema>> {
  const layers = [...documented.layer.values()];
  return {
    shape: arrayOf(
      { type: "integer", minimum: 1 },
      { description: "Sizes without the batch dimension: [8] for eight features." },
    ),
    layer: oneOf(layers.map(({ name }) => `layer.${name}`)),
    ...Object.fromEntries(layers.map((layer) => [`layer.${layer.name}`, layerSchema(layer)])),
  };
}

export function flowSchemas(): Readonly<Record<string, JsonSchema>> {
  const branch = { name: { type: "string" }, nodes: NODES, output: SHAPE };
  return {
    node: oneOf(["layer", "residual", "parallel"]),
    residual: objectSchema(
      {
        kind: { const: "residual" },
        body: NODES,
        project: { anyOf: [refTo("layer"), { type: "null" }] },
        input: SHAPE,
        output: SHAPE,
        span: SPAN,
      },
      { description: "Output is body(x) + x, or body(x) + project(x).", ...SPAN_MAY_LACK },
    ),
    parallel: objectSchema(
      {
        kind: { const: "parallel" },
        branches: arrayOf(objectSchema(branch), { minItems: 1 }),
        merge: { enum: ["concat", "add", "multiply"] },
        input: SHAPE,
        output: SHAPE,
        span: SPAN,
      },
      { description: "All branches see the same input; their outputs are merged.", ...SPAN_MAY_LACK },
    ),
  };
}

function layerSchema(layer: Documented): JsonSchema {
  return objectSchema(
    {
      kind: { const: "layer" },
      name: { type: "string", description: "Unique in the model: dense_1, counted in order of the flow." },
      layer: { const: layer.name },
      args: argsSchema(layer.params),
      input: SHAPE,
      output: SHAPE,
      span: SPAN,
    },
    { description: descriptionOf(layer), ...SPAN_MAY_LACK },
  );
}
