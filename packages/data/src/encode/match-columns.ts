// Finds the columns a trained model needs in new data, by name and in any order.

import type { RuledColumn } from "../check/check-columns.ts";
import { type ColumnRule, ruleOf } from "../check/column-rule.ts";
import type { FittedColumn, FittedEncoders } from "../fitted/fitted-encoders.ts";
import { count, quote, quoteList } from "../problem/phrases.ts";
import { type DataProblem, error, warning } from "../problem/problem.ts";
import { closestName } from "../table/closest-name.ts";
import { columnNames, findColumn, type Table } from "../table/table.ts";

export interface MatchedColumns {
  readonly ruled: readonly RuledColumn[];
  readonly problems: readonly DataProblem[];
}

/** Features, and the targets behind them if `withTarget`. A target that is not needed is passed over in silence. */
export function matchColumns(table: Table, fitted: FittedEncoders, withTarget: boolean): MatchedColumns {
  const targetNames = fitted.target.map((column) => column.name);
  const featureNames = fitted.features.map((column) => column.name);
  const extra = columnNames(table).filter(
    (name) => !featureNames.includes(name) && !targetNames.includes(name),
  );
  const ruled: RuledColumn[] = [];
  const problems: DataProblem[] = [];
  const match = (columns: readonly FittedColumn[], role: ColumnRule["role"]) => {
    // What the model takes is said once, however many are lacking.
    let expected =
      role === "feature"
        ? [`The model takes ${quoteList(featureNames)}, in any order.`]
        : ["To evaluate, the true values are needed."];
    for (const fit of columns) {
      const column = findColumn(table, fit.name);
      if (column !== undefined) {
        ruled.push({ rule: ruleOf(fit, role), column });
        continue;
      }
      problems.push(lacking(table, fit.name, role, extra, expected));
      expected = [];
    }
  };
  match(fitted.features, "feature");
  if (withTarget) match(fitted.target, "target");
  if (extra.length > 0) problems.push(surplus(table, extra));
  return { ruled, problems };
}

function lacking(
  table: Table,
  name: string,
  role: ColumnRule["role"],
  extra: readonly string[],
  expected: readonly string[],
): DataProblem {
  const why = role === "feature" ? "which the model predicts from" : "which the model predicts";
  const closest = closestName(name, extra);
  return error("NW0650", `${quote(table.name)} has no column ${quote(name)}, ${why}.`, {
    notes: [...(closest === undefined ? [] : [`Is it the one called ${quote(closest)}?`]), ...expected],
    column: name,
  });
}

function surplus(table: Table, extra: readonly string[]): DataProblem {
  const few = extra.length === 1;
  return warning(
    "NW0651",
    `${quote(table.name)} has ${count(extra.length, "column")} that the model does not use: ${quoteList(extra)}.`,
    { notes: [`${few ? "It is" : "They are"} ignored.`], ...(few ? { column: extra[0] } : {}) },
  );
}
