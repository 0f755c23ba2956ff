// A table and a plan to everything training needs: fitted encoders and three encoded splits.

import { hasError, lookUp, type SplitName } from "@netwright/definitions";
import { type CheckedColumns, checkColumns, type RuledColumn } from "../check/check-columns.ts";
import { notWhole } from "../check/check-counts.ts";
import { checkTargetRows } from "../check/check-target-rows.ts";
import { unknownWords } from "../check/check-words.ts";
import { droppedWarning } from "../check/dropped-warning.ts";
import { fewOfImages } from "../check/few-of-images.ts";
import { rareClasses } from "../check/rare-classes.ts";
import { type DataDefinitions, dataDefinitions } from "../definitions.ts";
import { encodedBytes } from "../encode/encode-rows.ts";
import { widthOf } from "../encode/inputs.ts";
import { type Split, splitData } from "../encode/split-data.ts";
import { withoutUnknown } from "../encode/without-unknown.ts";
import { fittedEncoders, type WeightRule } from "../fitted/fitted-encoders.ts";
import type { OpenColumn, OpenEncoders } from "../fitted/open-encoders.ts";
import { lint } from "../lint/lint.ts";
import type { TargetRows } from "../preprocess/encoder.ts";
import type { DataProblem } from "../problem/problem.ts";
import type { SavedWindow } from "../series/window-plan.ts";
import type { Storage } from "../storage/storage.ts";
import { roomFor } from "../table/room.ts";
import { codesAt, columnNames, type Table } from "../table/table.ts";
import { weightless } from "../weight/row-weights.ts";
import { dealRows } from "./deal-rows.ts";
import { describedReading } from "./described-reading.ts";
import { fitColumn } from "./fit-column.ts";
import type { DataPlan } from "./plan.ts";
import { type PlannedColumn, type ResolvedPlan, resolvePlan } from "./resolve-plan.ts";
import { targetRows } from "./target-rows.ts";
import { windowsOfSplits } from "./windows-of-splits.ts";

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
 * `definitions` have every name of the plan. Encoded rows that are more than memory should hold lie in the storage.
 */
export function prepare(
  table: Table,
  plan: DataPlan,
  definitions: DataDefinitions = dataDefinitions,
  storage: Storage | null = null,
): PrepareResult {
  const resolved = resolvePlan(table, plan, definitions);
  const ruled = [...resolved.features, ...resolved.target];
  const { weight } = resolved;
  const checked = checkColumns(table, weight === null ? ruled : [...ruled, weight], "training");
  const { splits, problems: splitProblems } = dealRows(
    table,
    {
      kept: checked.kept,
      classes: classesOf(checked, resolved),
      readingOf: (name) => describedReading(table, name, plan, definitions),
    },
    plan.split,
    definitions.splitter,
  );
  const ofRows = checkTargetRows(plan.predicts, table, targetsOf(checked, resolved), checked.kept);
  const counts = plan.predicts === "count" ? notWhole(table, resolved.target, checked.kept) : [];
  const found = [
    ...resolved.problems,
    ...checked.problems,
    ...counts,
    ...ofRows,
    ...splitProblems,
    ...droppedWarning(table, ruled, checked),
  ];
  const windowed =
    plan.window == null || splits === null ? null : windowsOfSplits(table, plan, splits, definitions);
  found.push(...(windowed?.problems ?? []));
  if (splits === null || hasError(found)) return { problems: found };
  const series = windowed?.found ?? null;

  const width = resolved.features.length;
  const room = roomFor(Float64Array);
  const fit = (planned: readonly PlannedColumn[], from: number, target: TargetRows | null) =>
    planned.flatMap((one, i) => {
      const column = checked.columns[from + i];
      return column === undefined ? [] : [fitColumn(one, column, splits.train, definitions, target, room)];
    });
  // First, as features may be encoded by what they tell of it.
  const targetFits = fit(resolved.target, width, null);
  const target = targetFits.flatMap(({ fitted }) => fitted ?? []);
  const isFitted = target.length === targetFits.length;
  // Few encoders ask for it, and it is made of every row.
  const learnsOfTarget = resolved.features.some(
    ({ rule }) => rule.kind === "words" && rule.encoder.folds !== null,
  );
  const featureFits = fit(
    resolved.features,
    0,
    isFitted && learnsOfTarget ? targetRows(checked.columns.slice(width), target, splits.train) : null,
  );
  const fits = [...featureFits, ...targetFits];
  const isTarget = new Set<string | undefined>(resolved.target.map(({ rule }) => rule.name));
  const imageOf = new Map(ruled.map(({ rule: { name, image } }) => [name, image?.name]));
  found.push(
    ...fewOfImages(
      // Said once of a target whose past is a feature.
      [
        ...featureFits.flatMap(({ problems }) =>
          problems.filter(({ code, column }) => code !== "NW0636" || !isTarget.has(column)),
        ),
        ...targetFits.flatMap(({ problems }) => problems),
      ],
      (name) => imageOf.get(name),
    ),
  );
  if (hasError(found)) return { problems: found };

  const columns = fits.flatMap(({ fitted }) => fitted ?? []);
  const used = new Set(columns.map(({ fitted }) => fitted.name));
  const unused = columnNames(table).filter((name) => !used.has(name));
  const others = { unused, weight: plan.weight ?? null, window: series?.window ?? null };
  const encoders = opened(columns.slice(0, width), columns.slice(width), others);
  const settings = new Map(ruled.map(({ rule }) => [rule.name, rule.setting]));
  const report = (problems: readonly DataProblem[]) => {
    for (const problem of problems) {
      const setting = settings.get(problem.column ?? "");
      found.push(setting === undefined ? problem : { ...problem, setting });
    }
  };
  const known = checked.columns.map((column, i) => withoutUnknown(column, columns[i], "training"));
  report(unknownWords(table, known, encoders, checked.kept, "training"));
  if (hasError(found)) return { problems: found };
  const [predicted] = encoders.target;
  const classes = checked.columns[width];
  if (predicted?.kind === "words" && classes?.kind === "text") {
    const { needsClasses } = lookUp(definitions.splitter, plan.split.name);
    found.push(...rareClasses(predicted, classes, checked.kept, needsClasses));
  }
  const isLarge = storage !== null && bytesOf(encoders, checked.kept.length) > storage.most;
  const encode = (name: SplitName, outOfFold: readonly (Float32Array | null)[] = []) => {
    const windows = series?.of(name) ?? null;
    const rows = windows?.windows.targets ?? splits[name];
    const encoding = { train: splits.train, storage: isLarge ? storage : null, outOfFold, windows };
    const { split, problems } = splitData(table, known, encoders, rows, encoding);
    report(problems);
    return split;
  };
  const encoded = {
    train: encode(
      "train",
      featureFits.map(({ outOfFold }) => outOfFold),
    ),
    validation: encode("validation"),
    test: encode("test"),
  };
  if (weight !== null) found.push(...weightless(weight.rule.name, encoded));
  if (hasError(found)) return { problems: found };
  report(lint({ table, encoders, columns: checked.columns, splits }));
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

/** With their values as they are read. */
function targetsOf(
  { columns }: CheckedColumns,
  { features, target }: Pick<ResolvedPlan, "features" | "target">,
): readonly RuledColumn[] {
  return target.flatMap(({ rule }, i) => {
    const column = columns[features.length + i];
    return column === undefined ? [] : [{ rule, column }];
  });
}

/** Of the rows that are kept: the number of the word of the target, where there is one target and it has words. */
function classesOf(
  { columns, kept }: CheckedColumns,
  { features, target: targets }: Pick<ResolvedPlan, "features" | "target">,
): Int32Array | null {
  const [target, ...others] = columns.slice(features.length, features.length + targets.length);
  if (target?.kind !== "text" || others.length > 0) return null;
  return codesAt(target, kept);
}

function bytesOf({ features, target }: OpenEncoders, rows: number): number {
  return encodedBytes(
    features,
    target.reduce((sum, column) => sum + widthOf(column), 0),
    rows,
  );
}

interface OtherThanColumns {
  readonly unused: readonly string[];
  readonly weight: WeightRule | null;
  readonly window: SavedWindow | null;
}

function opened(
  features: readonly OpenColumn[],
  target: readonly OpenColumn[],
  { unused, weight, window }: OtherThanColumns,
): OpenEncoders {
  const saved = (columns: readonly OpenColumn[]) => columns.map(({ fitted }) => fitted);
  const fitted = fittedEncoders(saved(features), saved(target), unused, weight, window);
  return { fitted, features, target };
}
