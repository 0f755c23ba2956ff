// The schemas that `netwright schema` prints: one of the resolved model as JSON, one of the definitions alone. Each is
// whole by itself. What a schema cannot say is left to the language: that shapes fit, and that shares sum to 1.

import { LANGUAGE_VERSION } from "@netwright/lang";
import { checkOptions, kinds } from "../api/check-options.ts";
import { type CatalogOption, catalog } from "../catalog/catalog.ts";
import { ARGUMENT_FAMILIES, definitionSchemas } from "./definition-schemas.ts";
import { flowSchemas, layerSchemas } from "./flow-schemas.ts";
import { arrayOf, DIALECT, type JsonSchema, objectSchema, refTo, SPAN, spanSchemas } from "./json-schema.ts";
import { sectionSchemas } from "./section-schemas.ts";

export const schemaNames = ["model", "definitions"] as const;
export type SchemaName = (typeof schemaNames)[number];

/**
 * JSON Schema, draft 2020-12, with the definitions of the catalog.
 * @throws NetwrightError NW0911 for an option that there is not
 */
export function schemaOf(name: SchemaName, options: CatalogOption = {}): JsonSchema {
  checkOptions("schemaOf", options, { catalog: kinds.catalog });
  return name === "model" ? modelSchema(options) : definitionsSchema(options);
}

/** Of `Model` of the language package: a file with names looked up, defaults filled in, blocks expanded, shapes known. */
export function modelSchema({ catalog: known = catalog }: CatalogOption = {}): JsonSchema {
  return {
    $schema: DIALECT,
    title: `A resolved model of the .net language, version ${LANGUAGE_VERSION}`,
    ...objectSchema(
      {
        name: { type: "string", description: "From the file name: concrete for concrete.net." },
        params: arrayOf(refTo("param")),
        data: orNull("data"),
        inputs: arrayOf(refTo("modelInput"), { minItems: 1 }),
        nodes: arrayOf(refTo("layer"), {
          description: "The layers where they are used, each behind those whose output it takes.",
        }),
        outputs: arrayOf(refTo("modelOutput"), { minItems: 1 }),
        train: orNull("train"),
        report: refTo("report"),
        expect: arrayOf(refTo("expectation")),
        draws: arrayOf(
          objectSchema({
            name: { type: "string", description: "The param." },
            members: { type: "string", description: "The layer where the members begin." },
            values: arrayOf(refTo("argument"), { description: "One for each member." }),
          }),
          { description: "What the members of an ensemble drew; `by_member` stands where it is used." },
        ),
      },
      { optional: ["report", "draws"] },
    ),
    $defs: {
      param: objectSchema(
        { name: { type: "string" }, value: refTo("argument"), span: SPAN },
        { optional: ["span"] },
      ),
      argument: argumentSchema(),
      ...sectionSchemas(known),
      ...flowSchemas(),
      ...layerSchemas(known),
      ...definitionSchemas(known),
      ...spanSchemas,
    },
  };
}

/** A document under it is one definition with its arguments, or one section of settings. */
export function definitionsSchema({ catalog: known = catalog }: CatalogOption = {}): JsonSchema {
  return {
    $schema: DIALECT,
    title: `The definitions of the .net language, version ${LANGUAGE_VERSION}`,
    anyOf: ["layer", ...ARGUMENT_FAMILIES, "data", "train", "report"].map((name) => refTo(name)),
    $defs: {
      ...sectionSchemas(known),
      ...flowSchemas(),
      ...layerSchemas(known),
      ...definitionSchemas(known),
      ...spanSchemas,
    },
  };
}

/** The value of a param; names and calls are spelt as in a file, `relu` and `elu(0.5)`. */
function argumentSchema(): JsonSchema {
  const plain = ["number", "boolean", "string", "null"].map((type) => ({ type }));
  return { anyOf: [...plain, arrayOf(refTo("argument"))] };
}

function orNull(name: string): JsonSchema {
  return { anyOf: [refTo(name), { type: "null" }] };
}
