// The table of all sources that are no files of their own. A new one is a file beside this one, a line here, and its reader.

import { type ByName, byName } from "@netwright/definitions";
import { duckdb } from "./duckdb.ts";
import type { Source } from "./source.ts";

export const sources: ByName<Source> = byName([duckdb]);
