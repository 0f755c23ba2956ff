// The definitions of a family, layers among them, which the catalog keeps apart because they have shapes.

import type { Family } from "../catalog/argument.ts";
import type { Catalog, Definition } from "../catalog/catalog.ts";

export function definitionsOf(catalog: Catalog, family: Family): ReadonlyMap<string, Definition> {
  return family === "layer" ? catalog.layer : catalog.definitions[family];
}
