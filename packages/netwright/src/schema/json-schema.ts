// The part of JSON Schema, draft 2020-12, that our schemas are made of, and the pieces that they share.

export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

export interface JsonSchema {
  readonly [keyword: string]: Json;
}

export const DIALECT = "https://json-schema.org/draft/2020-12/schema";

/** All properties must be there, except those named optional, and no other may. */
export function objectSchema(
  properties: Readonly<Record<string, JsonSchema>>,
  {
    description,
    optional = [],
  }: { readonly description?: string; readonly optional?: readonly string[] } = {},
): JsonSchema {
  return {
    type: "object",
    ...(description === undefined ? {} : { description }),
    properties,
    required: Object.keys(properties).filter((name) => !optional.includes(name)),
    additionalProperties: false,
  };
}

export function arrayOf(items: JsonSchema, keywords: JsonSchema = {}): JsonSchema {
  return { type: "array", items, ...keywords };
}

/** A schema that stands under `$defs` of the same document. */
export function refTo(name: string, keywords: JsonSchema = {}): JsonSchema {
  return { $ref: `#/$defs/${name}`, ...keywords };
}

/** Documents without a text have no spans, so that other tools can make models. */
export const spanSchemas: Readonly<Record<string, JsonSchema>> = {
  span: objectSchema(
    {
      file: { type: "string" },
      start: { type: "integer", minimum: 0 },
      end: { type: "integer", minimum: 0 },
    },
    { description: "A place in the text of a file: half-open, in UTF-16 units. May be left out." },
  ),
  spans: {
    type: "object",
    description: "Places of the settings by path. May be left out.",
    additionalProperties: refTo("span"),
  },
};

export const SPAN: JsonSchema = refTo("span");
export const SPANS: JsonSchema = refTo("spans");
