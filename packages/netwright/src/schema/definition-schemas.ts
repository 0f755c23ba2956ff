// A schema for each definition of the catalog and one for each family, under `$defs`. A definition stands there as
// `activation.elu`, its family as `activation`: one of its instances.

import type { Documented, Family } from "@netwright/definitions";
import { documentedIn, type FullCatalog } from "../catalog/catalog.ts";
import { type JsonSchema, objectSchema, refTo, SPAN } from "./json-schema.ts";
import { argsSchema, LAYER_ARGUMENT } from "./param-schema.ts";

/** The families of what is an argument and nothing else; layers are steps of the flow, and some take another as an argument. */
export const ARGUMENT_FAMILIES = [
  "activation",
  "initializer",
  "regularizer",
  "constraint",
  "loss",
  "optimizer",
  "schedule",
  "stop",
  "checkpoint",
  "threshold",
  "encoder",
  "missing",
  "column",
  "splitter",
  "source",
] as const satisfies readonly Family[];

export function definitionSchemas(known: FullCatalog): Readonly<Record<string, JsonSchema>> {
  const documented = documentedIn(known);
  const families = ARGUMENT_FAMILIES.map(
    (family) => [family, oneOf([...documented[family].keys()].map((name) => `${family}.${name}`))] as const,
  );
  const instances = ARGUMENT_FAMILIES.flatMap((family) =>
    [...documented[family].values()].map(
      (definition) => [`${family}.${definition.name}`, instanceSchema(family, definition, known)] as const,
    ),
  );
  const layers = [...documented.layer.values()];
  const asArguments = layers.map(
    (layer) => [`${LAYER_ARGUMENT}.${layer.name}`, instanceSchema("layer", layer, known)] as const,
  );
  const argument = oneOf(layers.map(({ name }) => `${LAYER_ARGUMENT}.${name}`));
  return Object.fromEntries([...families, ...instances, [LAYER_ARGUMENT, argument], ...asArguments]);
}

export function oneOf(names: readonly string[]): JsonSchema {
  return { oneOf: names.map((name) => refTo(name)) };
}

function instanceSchema(family: Family, definition: Documented, known: FullCatalog): JsonSchema {
  return objectSchema(
    {
      family: { const: family },
      name: { const: definition.name },
      args: argsSchema(definition.params, known),
      span: SPAN,
    },
    { description: descriptionOf(definition), optional: ["span"] },
  );
}

/** JSON Schema has no words for formula, source and an example in another language. */
export function descriptionOf({ doc, formula, example, source }: Documented): string {
  return `${doc}\nFormula: ${formula}\nIn a .net file: ${example}\nSource: ${source}`;
}
