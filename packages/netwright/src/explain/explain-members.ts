// The members of an ensemble that differ in what they drew, or of which some were chosen: a row for each.

import { choiceOf } from "@netwright/compiler";
import type { Argument } from "@netwright/definitions";
import type { Model } from "@netwright/lang";
import type { Tensors } from "@netwright/runtime";
import { type CatalogOption, catalog } from "../catalog/catalog.ts";

export interface MemberRow {
  /** Counted from 1. */
  readonly member: number;
  /** The values that it drew, by the names of params. */
  readonly drew: Readonly<Record<string, Argument>>;
  /** Null where that is not known, as nothing is trained yet. */
  readonly predicts: boolean | null;
}

/** No rows where the members neither draw nor are chosen. `weights` are those of a run, where there is one. */
export function explainMembers(
  model: Model,
  weights: Tensors | null,
  { catalog: known = catalog }: CatalogOption = {},
): readonly MemberRow[] {
  const { draws = [] } = model;
  const choice = choiceOf(model, known.compiler);
  const chosen = choice === null ? undefined : weights?.get(choice.id)?.data;
  const count = draws[0]?.values.length ?? (chosen === undefined ? 0 : chosen.length);
  return Array.from({ length: count }, (_, i) => ({
    member: i + 1,
    drew: Object.fromEntries(draws.map(({ name, values }) => [name, values[i] ?? null])),
    predicts: choice === null && weights !== null ? true : chosen === undefined ? null : chosen[i] === 1,
  }));
}
