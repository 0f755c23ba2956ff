// A fold in place of the split that a file asks for, as the override that says so: a run of it is then a run like another,
// which knows its rows by itself.

import {
  type Chosen,
  columnsIn,
  type Instance,
  LARGEST_SEED,
  lookUp,
  splitParams,
} from "@netwright/definitions";
import type { Override } from "@netwright/lang";
import type { FullCatalog } from "../catalog/catalog.ts";
import { spellArgument } from "../resolved/spell.ts";

export interface Fold {
  readonly index: number;
  readonly of: number;
  /** How often rows have been dealt out to folds before, each time in another way; 0 by default. */
  readonly repeat?: number;
}

/** `split` is what file and overrides say together. */
export function withFold(
  overrides: readonly Override[],
  split: Instance,
  fold: Fold,
  catalog: FullCatalog,
): readonly Override[] {
  const others = overrides.filter(({ path }) => path !== PATH && !path.startsWith(`${PATH}.`));
  const dealt: Instance = { ...split, ...foldOf(fold, split, catalog) };
  return [...others, { path: PATH, value: spellArgument(dealt, catalog) }];
}

const PATH = "data.split";

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
