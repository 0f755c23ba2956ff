// The definitions of a family, layers among them, which the catalog keeps apart because they have shapes.

import type { Catalog, Definition, Family } from "@netwright/definitions";

export function definitionsOf(catalog: Catalog, family: Family): ReadonlyMap<string, Definition> {
  return family === "layer" ? catalog.layer : catalog.definitions[family];
}
