// How the cells of a column are read that a plan describes, though it need be no feature: that by which rows are dealt out.

import type { DataDefinitions } from "../definitions.ts";
import type { CellReading } from "../reading/cell-reading.ts";
import { settleReading } from "../reading/open-reading.ts";
import { findColumn, type Table } from "../table/table.ts";
import { wordColumn } from "../table/word-column.ts";
import { ownType } from "./asked.ts";
import type { DataPlan } from "./plan.ts";

/** Null where cells are read as those of any column. */
export function describedReading(
  table: Table,
  name: string,
  plan: DataPlan,
  definitions: DataDefinitions,
): CellReading | null {
  const own = ownType(name, { plan, definitions, images: new Map() });
  const column = findColumn(table, name);
  if (own === undefined || own.type.settle === null || column === undefined) return null;
  return settleReading(own.type, wordColumn(column, table.numbers).words, own.args);
}
