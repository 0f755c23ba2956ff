// A table and a plan to everything training needs: fitted encoders and three encoded splits.

import { hasError, int32At, type SplitName } from "@netwright/definitions";
import { type CheckedColumns, checkColumns } from "../check/check-columns.ts";
import { unknownWords } from "../check/check-words.ts";
import { droppedWarning } from "../check/dropped-warning.ts";
import { type DataDefinitions, dataDefinitions } from "../definitions.ts";
import { type Split, splitData } from "../encode/split-data.ts";
import { fittedEncoders } from "../fitted/fitted-encoders.ts";
import type { OpenColumn, OpenEncoders } from "../fitted/open-encoders.ts";
import type { DataProblem } from "../problem/problem.ts";
import { columnNames, type Table } from "../table/table.ts";
import { dealRows } from "./deal-rows.ts";
import { fitColumn } from "./fit-column.ts";
import type { DataPlan } from "./plan.ts";
import { resolvePlan } from "./resolve-plan.ts";

export interface Prepared {
  readonly features: readonly string[];
  readonly target: readonly string[];
  readonly encoders: OpenEncoders;
  readonly splits: Readonly<Record<SplitName, Split>>;
}

/** On failure `problems` holds the warnings too. */
export type PrepareResult =
  | { readonly prepared: Prepared; readonly warnings: readonly DataProblem[] }
  | { readonly problems: readonly DataProblem[] };

/**
 * Checks the columns the plan names, leaves out rows by `missing: drop`, splits the rest, fits encoders on
 * the training rows, encodes. A pure function: the same table and plan give the same bits everywhere.
 * `definitions` have every name of the plan.
 */
export function prepare(
  table: Table,
  plan: DataPlan,
  definitions: DataDefinitions = dataDefinitions,
): PrepareResult {
  const resolved = resolvePlan(table, plan, definitions);
  const ruled = [...resolved.features, ...resolved.target];
  const checked = checkColumns(table, ruled, "training");
  const { splits, problems: splitProblems } = dealRows(
    table,
    { kept: checked.kept, classes: classesOf(checked, resolved.features.length) },
    plan.split,
    definitions.splitter,
  );
  const found = [
    ...resolved.problems,
    ...checked.problems,
    ...splitProblems,
    ...droppedWarning(table, ruled, checked),
  ];
  if (splits === null || hasError(found)) return { problems: found };

  const fits = ruled.flatMap((planned, i) => {
    const column = checked.columns[i];
    return column === undefined ? [] : [fitColumn(planned, column, splits.train, definitions)];
  });
  found.push(...fits.flatMap((fit) => fit.problems));
  if (hasError(found)) return { problems: found };

  const columns = fits.flatMap(({ fitted }) => fitted ?? []);
  const width = resolved.features.length;
  const used = new Set(columns.map(({ fitted }) => fitted.name));
  const unused = columnNames(table).filter((name) => !used.has(name));
  const encoders = opened(columns.slice(0, width), columns.slice(width), unused);
  const settings = new Map(ruled.map(({ rule }) => [rule.name, rule.setting]));
  const report = (problems: readonly DataProblem[]) => {
    for (const problem of problems) {
      const setting = settings.get(problem.column ?? "");
      found.push(setting === undefined ? problem : { ...problem, setting });
    }
  };
  report(unknownWords(table, checked.columns, encoders, checked.kept, "training"));
  if (hasError(found)) return { problems: found };
  const encode = (rows: Int32Array) => {
    const { split, problems } = splitData(table, checked.columns, encoders, rows);
    report(problems);
    return split;
  };
  const encoded = {
    train: encode(splits.train),
    validation: encode(splits.validation),
    test: encode(splits.test),
  };
  if (hasError(found)) return { problems: found };
  return {
    prepared: {
      features: encoders.features.map(({ fitted }) => fitted.name),
      target: encoders.target.map(({ fitted }) => fitted.name),
      encoders,
      splits: encoded,
    },
    warnings: found,
  };
}

/** Of the rows that are kept: the number of the word of the target, where there is one target and it has words. */
function classesOf({ columns, kept }: CheckedColumns, features: number): Int32Array | null {
  const [target, ...others] = columns.slice(features);
  if (target?.kind !== "text" || others.length > 0) return null;
  return kept.map((row) => int32At(target.codes, row));
}

function opened(
  features: readonly OpenColumn[],
  target: readonly OpenColumn[],
  unused: readonly string[],
): OpenEncoders {
  const saved = (columns: readonly OpenColumn[]) => columns.map(({ fitted }) => fitted);
  return { fitted: fittedEncoders(saved(features), saved(target), unused), features, target };
}
