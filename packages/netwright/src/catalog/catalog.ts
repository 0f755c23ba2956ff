// The whole catalog of the language: what the compiler, the data package and the runtime each define.

import { type Definitions, definitions } from "@netwright/compiler";
import { columnTypes, encoders, missingPolicies } from "@netwright/data";
import type { ByName, Catalog, Documented, Family } from "@netwright/definitions";
import { type Metric, metrics } from "@netwright/runtime";

const ofColumns = { encoder: encoders, missing: missingPolicies, column: columnTypes };

/** Every definition with all that people are told of it. */
export const documented: { readonly [F in Family]: ReadonlyMap<string, Documented> } = {
  ...definitions,
  ...ofColumns,
};

/** What a file may name, and what becomes of it. */
export interface FullCatalog extends Catalog {
  readonly compiler: Definitions;
  readonly metrics: ByName<Metric>;
}

/** `compiler` and `metrics` with Netwright's definitions of columns. */
export function catalogOf(compiler: Definitions, metrics: ByName<Metric>): FullCatalog {
  const { layer, ...families } = compiler;
  return {
    layer,
    definitions: { ...families, ...ofColumns },
    metrics,
    compiler,
  };
}

export const catalog: FullCatalog = catalogOf(definitions, metrics);
