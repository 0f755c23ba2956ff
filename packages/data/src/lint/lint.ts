// Looks over the columns that a training uses for what people trip over most: none of it is an error, all of it makes
// results that are too good or too bad to be true.

import type { OpenColumn, OpenEncoders } from "../fitted/open-encoders.ts";
import type { DataProblem } from "../problem/problem.ts";
import type { RowSplits } from "../split/split-rows.ts";
import type { Column, Table } from "../table/table.ts";
import { equalAcrossSplits } from "./equal-across-splits.ts";
import { fewOf } from "./few-of.ts";
import { givesAway } from "./gives-away.ts";
import type { LintRule, UsedColumn } from "./lint-rule.ts";
import { mixedUnits } from "./mixed-units.ts";
import { namesRows } from "./names-rows.ts";
import { nearlyConstant } from "./nearly-constant.ts";
import { sentinels } from "./sentinels.ts";

/** A new rule is a file beside this one and a line here. */
const rules: readonly LintRule[] = [
  givesAway,
  namesRows,
  nearlyConstant,
  sentinels,
  mixedUnits,
  equalAcrossSplits,
];

/** What is the matter with a column shows in as many rows. */
const MOST_ROWS = 20_000;

export interface LintInput {
  readonly table: Table;
  readonly encoders: OpenEncoders;
  /** Features, then targets. */
  readonly columns: readonly Column[];
  readonly settings: ReadonlyMap<string, string | undefined>;
  readonly splits: RowSplits;
}

/** Warnings alone. */
export function lint({ table, encoders, columns, settings, splits }: LintInput): DataProblem[] {
  const { features, target } = encoders;
  const used = (fitted: readonly OpenColumn[], from: number): UsedColumn[] =>
    fitted.flatMap(({ fitted: { name } }, i) => {
      const column = columns[from + i];
      return column === undefined ? [] : [{ name, column, setting: settings.get(name) }];
    });
  const linted = {
    table,
    features: used(features, 0),
    target: used(target, features.length),
    rows: splits.train.subarray(0, MOST_ROWS),
    splits,
  };
  return rules.flatMap((rule) => fewOf(rule(linted)));
}
