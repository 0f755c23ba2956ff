// A typed parameter as a schema: type, range, default and documentation. What is said here of an argument is what
// `Argument` of the language package says: `none` is null, a name with its arguments is an instance.

import { type Family, familyOf, type Param, type ParamType } from "@netwright/definitions";
import { documentedIn, type FullCatalog } from "../catalog/catalog.ts";
import { arrayOf, type Json, type JsonSchema, objectSchema, refTo } from "./json-schema.ts";

/** A layer that another takes as an argument: `lstm(16)` of `bidirectional(lstm(16))`. */
export const LAYER_ARGUMENT = "layerArgument";

type TypeSchemas = {
  readonly [K in ParamType["kind"]]: (type: Extract<ParamType, { kind: K }>) => JsonSchema;
};

const types: TypeSchemas = {
  integer: (type) => ({ type: "integer", ...rangeOf(type) }),
  number: (type) => ({ type: "number", ...rangeOf(type) }),
  boolean: () => ({ type: "boolean" }),
  string: ({ values }) => (values === undefined ? { type: "string" } : { enum: values }),
  choice: ({ values }) => ({ enum: values }),
  instance: ({ family }) => refTo(family === "layer" ? LAYER_ARGUMENT : family),
  param: () => ({ type: "string" }),
  column: () => ({ type: "string" }),
  columns: ({ all }) => (all ? { anyOf: [{ const: "all" }, COLUMN_NAMES] } : COLUMN_NAMES),
  list: ({ of }) => arrayOf(typeSchema(of)),
  optional: ({ of }) => ({ anyOf: [typeSchema(of), { type: "null" }] }),
  oneOf: ({ of }) => ({ anyOf: of.map(typeSchema) }),
};

const COLUMN_NAMES = arrayOf({ type: "string" });

/** `known` has the definitions that its default may name. */
export function paramSchema(param: Param, known: FullCatalog): JsonSchema {
  const fallback = defaultOf(param, known);
  return {
    ...typeSchema(param.type),
    description: param.doc,
    ...(fallback === undefined ? {} : { default: fallback }),
  };
}

/** A record of arguments; every parameter is present, as in a resolved model. */
export function argsSchema(params: Readonly<Record<string, Param>>, known: FullCatalog): JsonSchema {
  return objectSchema(
    Object.fromEntries(Object.entries(params).map(([name, param]) => [name, paramSchema(param, known)])),
  );
}

function typeSchema(type: ParamType): JsonSchema {
  // The table is exhaustive and each row takes the type of its key, which TypeScript cannot follow here.
  return (types[type.kind] as (type: ParamType) => JsonSchema)(type);
}

interface Range {
  readonly min?: number;
  readonly max?: number;
  readonly above?: number;
  readonly below?: number;
}

function rangeOf({ min, max, above, below }: Range): JsonSchema {
  return {
    ...(min === undefined ? {} : { minimum: min }),
    ...(max === undefined ? {} : { maximum: max }),
    ...(above === undefined ? {} : { exclusiveMinimum: above }),
    ...(below === undefined ? {} : { exclusiveMaximum: below }),
  };
}

/** Undefined for a parameter that must be given. */
function defaultOf({ default: fallback, type }: Param, known: FullCatalog): Json | undefined {
  const family = familyOf(type);
  return family !== undefined && typeof fallback === "string"
    ? defaultInstance(family, fallback, known)
    : fallback;
}

/** A name alone, as the resolver fills it in. */
function defaultInstance(family: Family, name: string, known: FullCatalog): Json {
  const definition = documentedIn(known)[family].get(name);
  if (definition === undefined) throw new Error(`the default ${name} is no ${family}`);
  const args = Object.entries(definition.params).map(([key, param]) => [
    key,
    defaultOf(param, known) ?? null,
  ]);
  return { family, name, args: Object.fromEntries(args) };
}
