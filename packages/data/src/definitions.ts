// What the data package asks a catalog for by name. The tables are Netwright's own; a catalog may have more.

import type { ByName } from "@netwright/definitions";
import type { ColumnType } from "./columns/column-type.ts";
import { columnTypes } from "./columns/table.ts";
import type { MissingPolicy } from "./missing/policy.ts";
import { missingPolicies } from "./missing/table.ts";
import type { Encoder } from "./preprocess/encoder.ts";
import { encoders } from "./preprocess/encoders.ts";
import type { Source } from "./sources/source.ts";
import { sources } from "./sources/table.ts";
import type { Splitter } from "./split/splitter.ts";
import { splitters } from "./split/table.ts";

/** By family, as everywhere in the catalog. */
export interface DataDefinitions {
  readonly encoder: ByName<Encoder>;
  readonly missing: ByName<MissingPolicy>;
  readonly column: ByName<ColumnType>;
  readonly splitter: ByName<Splitter>;
  readonly source: ByName<Source>;
}

export const dataDefinitions: DataDefinitions = {
  encoder: encoders,
  missing: missingPolicies,
  column: columnTypes,
  splitter: splitters,
  source: sources,
};
