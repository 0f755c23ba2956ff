// The `data` section in the words of the data package.

import { type PrepareResult, prepare, type ReadSettings, type Table } from "@netwright/data";
import {
  type Chosen,
  columnsIn,
  LARGEST_SEED,
  lookUp,
  splitParams,
  type TargetKind,
} from "@netwright/definitions";
import type { DataSettings, ReadingSettings } from "@netwright/lang";
import type { FullCatalog } from "../catalog/catalog.ts";

/** What is given beside the file. */
export interface Dealing {
  readonly catalog: FullCatalog;
  /** A fold of several in place of the split that the file asks for. */
  readonly fold?: Fold | undefined;
}

export interface Fold {
  readonly index: number;
  readonly of: number;
  /** How often rows have been dealt out to folds before, each time in another way; 0 by default. */
  readonly repeat?: number;
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
  predicts: TargetKind,
  { catalog, fold }: Dealing,
): PrepareResult {
  const { target, features, scale, missing, columns, categories, weight = null } = settings;
  const split = fold === undefined ? settings.split : foldOf(fold, settings.split, catalog);
  const plan = { target, features, scale, missing, split, columns, predicts, weight };
  return prepare(table, categories === undefined ? plan : { ...plan, categories }, catalog.definitions);
}

/** Why the rows of that splitter are in no folds; `null` where they may be. */
export function cannotFold(
  { name }: Chosen,
  { definitions }: Pick<FullCatalog, "definitions">,
): string | null {
  if (lookUp(definitions.splitter, name).hasFolds) return null;
  return `\`split: ${name}\` says where each row is, and folds would deal them out anew`;
}

/** Shares and seed are those of the file, where its splitter has them; what it keeps together or apart, folds do as well. */
function foldOf(
  { index, of, repeat = 0 }: Fold,
  { name, args }: Chosen,
  { definitions }: FullCatalog,
): Chosen {
  const { test: _, ...taken } = splitParams;
  const own = Object.entries(taken).map(([key, param]) => [key, args[key] ?? param.default ?? 0]);
  const shared = Object.fromEntries(own);
  const seed = repeat === 0 ? shared.seed : (Number(shared.seed) + repeat) % (LARGEST_SEED + 1);
  const dealt = { ...shared, seed, index, of };
  const splitter = lookUp(definitions.splitter, name);
  const by = columnsIn(splitter.params, args);
  if (by.length > 0) return { name: "grouped_fold", args: { by, ...dealt } };
  return { name: splitter.needsClasses ? "stratified_fold" : "fold", args: dealt };
}
