// The `data` section in the words of the data package.

import { type DataPlan, type PrepareResult, prepare, type ReadSettings, type Table } from "@netwright/data";
import type { Chosen, ColumnKind } from "@netwright/definitions";
import type { DataSettings, ReadingSettings } from "@netwright/lang";

/** What the resolver leaves of the section is what the data package takes, but for what the loss is for. */
function dataPlan(settings: DataSettings, predicts: ColumnKind, splitter?: Chosen): DataPlan {
  const { target, features, scale, missing, split, columns } = settings;
  const dealt = splitter === undefined ? split : { ...split, splitter };
  return { target, features, scale, missing, split: dealt, columns, predicts };
}

/** What the section says of how its table is written. */
export function readSettings(settings: ReadingSettings): ReadSettings {
  const { separator, decimal, thousands, header, skip, missing_words } = settings;
  return { separator, decimal, thousands, header, skip, missingWords: missing_words };
}

export function prepareData(
  table: Table,
  settings: DataSettings,
  predicts: ColumnKind,
  splitter?: Chosen,
): PrepareResult {
  return prepare(table, dataPlan(settings, predicts, splitter));
}
