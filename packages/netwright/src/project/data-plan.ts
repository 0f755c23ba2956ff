// The `data` section in the words of the data package.

import {
  type ColumnPlan,
  type DataPlan,
  type PrepareResult,
  prepare,
  type ReadSettings,
  type Table,
} from "@netwright/data";
import type { ColumnSettings, DataSettings, ReadingSettings } from "@netwright/lang";

function columnPlan({ unit, min, max, scale, missing }: ColumnSettings): ColumnPlan {
  return { unit, min, max, scale: scale?.name ?? null, missing };
}

export function dataPlan(settings: DataSettings): DataPlan {
  const { target, features, scale, missing, split, columns } = settings;
  return {
    target,
    features,
    scale: scale.name,
    missing,
    split,
    columns: Object.fromEntries(Object.entries(columns).map(([name, column]) => [name, columnPlan(column)])),
  };
}

/** What the section says of how its table is written. */
export function readSettings(settings: ReadingSettings): ReadSettings {
  const { separator, decimal, thousands, header, skip, missing_words } = settings;
  return { separator, decimal, thousands, header, skip, missingWords: missing_words };
}

export function prepareData(table: Table, settings: DataSettings): PrepareResult {
  return prepare(table, dataPlan(settings));
}
