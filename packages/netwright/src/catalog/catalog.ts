// The whole catalog of the language: what the compiler, the data package and the runtime each define.

import { definitions } from "@netwright/compiler";
import { columnTypes, encoders, missingPolicies } from "@netwright/data";
import type { Catalog, Documented, Family } from "@netwright/definitions";
import { metrics } from "@netwright/runtime";

/** Every definition with all that people are told of it. */
export const documented: { readonly [F in Family]: ReadonlyMap<string, Documented> } = {
  ...definitions,
  encoder: encoders,
  missing: missingPolicies,
  column: columnTypes,
};

export const catalog: Catalog = {
  layer: definitions.layer,
  definitions: {
    ...definitions,
    encoder: encoders,
    missing: missingPolicies,
    column: columnTypes,
  },
  metrics,
};
