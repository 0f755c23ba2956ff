// The whole catalog of the language: what the compiler, the data package and the runtime each define.

import { type Definitions, definitions } from "@netwright/compiler";
import { type DataDefinitions, dataDefinitions } from "@netwright/data";
import type { ByName, Catalog, Documented, Family } from "@netwright/definitions";
import { type Metric, metrics } from "@netwright/runtime";

/** What a file may name, and what becomes of it. */
export interface FullCatalog extends Catalog {
  readonly definitions: Omit<Definitions, "layer"> & DataDefinitions;
  readonly compiler: Definitions;
  readonly metrics: ByName<Metric>;
}

/** For what tells of a file or a model: what its names stand for, where that is more than Netwright's own. */
export interface CatalogOption {
  readonly catalog?: FullCatalog;
}

export function catalogOf(
  compiler: Definitions,
  data: DataDefinitions,
  metrics: ByName<Metric>,
): FullCatalog {
  const { layer, ...families } = compiler;
  return { layer, definitions: { ...families, ...data }, metrics, compiler };
}

export const catalog: FullCatalog = catalogOf(definitions, dataDefinitions, metrics);

/** Every definition with all that people are told of it. */
export function documentedIn({ compiler, definitions: all }: FullCatalog): {
  readonly [F in Family]: ReadonlyMap<string, Documented>;
} {
  return { ...compiler, ...all };
}
