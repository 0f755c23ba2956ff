// The `data` section in the words of the data package.

import { type PrepareResult, prepare, type ReadSettings, type Storage, type Table } from "@netwright/data";
import { type Args, type Chosen, type ColumnKind, splitParams } from "@netwright/definitions";
import type { DataSettings, ReadingSettings } from "@netwright/lang";
import type { FullCatalog } from "../catalog/catalog.ts";

/** What is given beside the file. */
export interface Dealing {
  readonly catalog: FullCatalog;
  /** A fold of several in place of the split that the file asks for. */
  readonly fold?: Fold | undefined;
  readonly storage?: Storage | undefined;
}

export interface Fold {
  readonly index: number;
  readonly of: number;
}

/** What the section says of how its table is written. */
export function readSettings(settings: ReadingSettings): ReadSettings {
  const { separator, decimal, thousands, header, skip, sheet, missing_words } = settings;
  return { separator, decimal, thousands, header, skip, sheet, missingWords: missing_words };
}

/** What the resolver leaves of the section is what the data package takes, but for what the loss is for. */
export function prepareData(
  table: Table,
  settings: DataSettings,
  predicts: ColumnKind,
  { catalog, fold, storage }: Dealing,
): PrepareResult {
  const { target, features, scale, missing, columns } = settings;
  const split = fold === undefined ? settings.split : splitOf(fold, settings.split.args);
  return prepare(
    table,
    { target, features, scale, missing, split, columns, predicts },
    catalog.definitions,
    storage ?? null,
  );
}

/** Shares and seed are those of the file, where its splitter has them. */
function splitOf({ index, of }: Fold, args: Args): Chosen {
  const { test: _, ...taken } = splitParams;
  const own = Object.entries(taken).map(([name, param]) => [name, args[name] ?? param.default ?? 0]);
  return { name: "fold", args: { ...Object.fromEntries(own), index, of } };
}
