// The `data` section in the words of the data package.

import { type PrepareResult, prepare, type ReadSettings, type Table } from "@netwright/data";
import type { ColumnKind } from "@netwright/definitions";
import type { DataSettings, ReadingSettings } from "@netwright/lang";
import type { FullCatalog } from "../catalog/catalog.ts";

/** What the section says of how its table is written. */
export function readSettings(settings: ReadingSettings): ReadSettings {
  const { separator, decimal, thousands, header, skip, missing_words } = settings;
  return { separator, decimal, thousands, header, skip, missingWords: missing_words };
}

/** What the resolver leaves of the section is what the data package takes, but for what the loss is for. */
export function prepareData(
  table: Table,
  settings: DataSettings,
  predicts: ColumnKind,
  { definitions }: Pick<FullCatalog, "definitions">,
): PrepareResult {
  const { target, features, scale, missing, split, columns } = settings;
  return prepare(table, { target, features, scale, missing, split, columns, predicts }, definitions);
}
