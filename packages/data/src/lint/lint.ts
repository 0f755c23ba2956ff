// Looks over the columns that a training uses for what people trip over most: none of it is an error, all of it makes
// results that are too good or too bad to be true.

import type { OpenColumn, OpenEncoders } from "../fitted/open-encoders.ts";
import type { DataProblem } from "../problem/problem.ts";
import type { RowSplits } from "../split/split-rows.ts";
import { someRows } from "../table/some-rows.ts";
import { type Column, presentIn, type Table } from "../table/table.ts";
import { upTo } from "../table/up-to.ts";
import { darkImages } from "./dark-images.ts";
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

/** A row of a window gives no target away, which stands behind it, and one alone that is equal to another says nothing. */
const ofSingle: ReadonlySet<LintRule> = new Set([givesAway, equalAcrossSplits]);

/** What is the matter with a column shows in as many rows. */
const MOST_ROWS = 20_000;

export interface LintInput {
  readonly table: Table;
  readonly encoders: OpenEncoders;
  /** Features, then targets. */
  readonly columns: readonly Column[];
  readonly splits: RowSplits;
}

/** Warnings alone. */
export function lint({ table, encoders, columns, splits }: LintInput): DataProblem[] {
  const looked = splits.train.subarray(0, MOST_ROWS);
  // Of columns on a disk the rows are taken back once; those in memory are looked at where they are.
  const isStored = columns.some(({ between }) => between !== undefined);
  const { features, target } = encoders;
  const used = (of: readonly OpenColumn[], from: number) =>
    of.flatMap(({ fitted, coding }, i): UsedColumn[] => {
      const { name } = fitted;
      const whole = columns[from + i];
      // A pixel by itself is often blank, or tells one digit from another.
      if (fitted.kind === "number" && fitted.image !== undefined) return [];
      const readsParts = coding.takes === "words" && coding.readsParts === true;
      if (whole === undefined) return [];
      return [{ name, whole, column: isStored ? someRows(whole, looked) : whole, readsParts }];
    });
  const [ofFeatures, ofTarget] = [used(features, 0), used(target, features.length)];
  const rows = isStored ? upTo(looked.length) : looked;
  const linted = {
    table,
    features: ofFeatures,
    target: ofTarget,
    numbers: [...ofFeatures, ...ofTarget].flatMap(({ name, column }) =>
      column.kind === "number" ? [{ name, sorted: presentIn(column, rows).sort() }] : [],
    ),
    rows,
    splits,
  };
  const asked = encoders.fitted.window === undefined ? rules : rules.filter((rule) => !ofSingle.has(rule));
  return [...asked.flatMap((rule) => fewOf(rule(linted))), ...darkImages(features, columns, looked)];
}
