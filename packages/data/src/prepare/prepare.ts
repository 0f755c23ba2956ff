// A table and a plan to everything training needs: fitted encoders and three encoded splits.

import { grouped, hasError, lookUp, type SplitName } from "@netwright/definitions";
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
import { type DataProblem, error } from "../problem/problem.ts";
import type { SavedWindow } from "../series/window-plan.ts";
import type { Storage } from "../storage/storage.ts";
import { roomFor } from "../table/room.ts";
import { codesAt, columnNames, type Table } from "../table/table.ts";
import { answeredBy, readTeacher } from "../teacher/teacher-answers.ts";
import { weightless } from "../weight/row-weights.ts";
import { dealRows } from "./deal-rows.ts";
import { describedReading } from "./described-reading.ts";
import { fitColumn } from "./fit-column.ts";
import type { DataPlan } from "./plan.ts";
import { type PlannedColumn, type ResolvedPlan, type ResolvedTeacher, resolvePlan } from "./resolve-plan.ts";
import { targetRows } from "./target-rows.ts";
import { plannedSeries, windowsOfSplits } from "./windows-of-splits.ts";

export interface Prepared {
  readonly features: readonly string[];
  readonly target: readonly string[];
  readonly encoders: OpenEncoders;
  readonly splits: Readonly<Record<SplitName, Split>>;
  /** The training rows with those of which a teacher alone has an answer; absent where there are none of these. */
  readonly taught?: Split;
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
  const { weight, teacher: teaching } = resolved;
  const asked = [...ruled, ...(weight === null ? [] : [weight])];
  const isAnswered = teaching === null ? undefined : answeredBy(teaching.columns.map(({ column }) => column));
  const checked = checkColumns(table, [...asked, ...(teaching?.rules ?? [])], "training", isAnswered);
  const isKnown = answeredBy(targetsOf(checked, resolved).map(({ column }) => column));
  // All of them where there is no teacher: what lacks its target is a problem, or left out.
  const known = (rows: Int32Array) => (teaching === null ? rows : rows.filter(isKnown));
  const learned = plannedSeries(table, plan, definitions);
  const timeProblems = learned !== null && "problems" in learned ? learned.problems : [];
  const { splits: dealt, problems: splitProblems } = dealRows(
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
  const splits =
    dealt === null
      ? null
      : { train: known(dealt.train), validation: known(dealt.validation), test: known(dealt.test) };
  const found = [
    ...resolved.problems,
    ...checked.problems,
    ...counts,
    ...ofRows,
    ...timeProblems,
    // Whoever mends the times that windows go by mends what is split by them.
    ...(timeProblems.some(isUnread) && plan.split.args["column"] === plan.window?.order ? [] : splitProblems),
    ...droppedWarning(table, ruled, checked),
  ];
  const windowed =
    learned === null || "problems" in learned || splits === null
      ? null
      : windowsOfSplits(table, plan, splits, learned);
  found.push(...(windowed?.problems ?? []));
  if (splits === null || hasError(found)) return { problems: found };
  const series = windowed?.found ?? null;

  const width = resolved.features.length;
  const room = roomFor(Float64Array);
  // Rows of which a teacher alone has an answer are known for their features.
  const isMore = dealt !== null && dealt.train.length > splits.train.length;
  const taught = isMore ? dealt.train : splits.train;
  const fit = (planned: readonly PlannedColumn[], from: number, target: TargetRows | null) =>
    planned.flatMap((one, i) => {
      const column = checked.columns[from + i];
      const rows = from === 0 ? taught : splits.train;
      return column === undefined ? [] : [fitColumn(one, column, rows, definitions, target, room)];
    });
  // First, as features may be encoded by what they tell of it.
  const targetFits = fit(resolved.target, width, null);
  const target = targetFits.flatMap(({ fitted }) => fitted ?? []);
  const isFitted = target.length === targetFits.length;
  // Few encoders ask for it, and it is made of every row.
  const learnsOfTarget = resolved.features.some(
    ({ rule }) => rule.kind === "words" && rule.encoder.folds !== null,
  );
  if (isMore && learnsOfTarget)
    return { problems: [...found, learnsOfUnknown(splits.train.length, taught.length)] };
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
  const values = checked.columns.map((column, i) => withoutUnknown(column, columns[i], "training"));
  report(unknownWords(table, values, encoders, checked.kept, "training"));
  if (hasError(found)) return { problems: found };
  const [predicted] = encoders.target;
  const classes = checked.columns[width];
  if (predicted?.kind === "words" && classes?.kind === "text") {
    const { needsClasses } = lookUp(definitions.splitter, plan.split.name);
    found.push(...rareClasses(predicted, classes, known(checked.kept), needsClasses));
  }
  const teacher =
    teaching === null
      ? null
      : readTeacher({ table, encoders, ...answersOf(teaching, checked, asked.length) });
  if (teacher !== null) found.push(...teacher.problems);
  if (hasError(found) || teacher?.kind === "unfit") return { problems: found };
  const isLarge = storage !== null && bytesOf(encoders, checked.kept.length) > storage.most;
  const encode = (
    name: SplitName,
    outOfFold: readonly (Float32Array | null)[] = [],
    among: Int32Array = splits[name],
  ) => {
    const windows = series?.of(name) ?? null;
    const rows = windows?.windows.targets ?? among;
    const encoding = { train: taught, storage: isLarge ? storage : null, outOfFold, windows, teacher };
    const { split, problems } = splitData(table, values, encoders, rows, encoding);
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
  const all = isMore ? encode("train", [], taught) : null;
  if (weight !== null) found.push(...weightless(weight.rule.name, encoded));
  if (hasError(found)) return { problems: found };
  report(lint({ table, encoders, columns: checked.columns, splits }));
  return {
    prepared: {
      features: encoders.features.map(({ fitted }) => fitted.name),
      target: encoders.target.map(({ fitted }) => fitted.name),
      encoders,
      splits: encoded,
      ...(all === null ? {} : { taught: all }),
    },
    warnings: found,
  };
}

/** Of times, that one is not there or none at all; those of NW0696 and NW0697 are read well. */
function isUnread({ code }: DataProblem): boolean {
  return code === "NW0631" || code === "NW0694";
}

/** With the columns of the teacher as they are checked, behind `from` others; of labels as they are. */
function answersOf(
  { plan, columns, rules }: ResolvedTeacher,
  { columns: checked, kept }: CheckedColumns,
  from: number,
) {
  const read = columns.map((answer, i) => {
    const column = rules.length === 0 ? answer.column : checked[from + i];
    return column === undefined ? answer : { ...answer, column };
  });
  return { plan, kept, columns: read };
}

/** Means of the target are told of rows that have one. */
function learnsOfUnknown(known: number, all: number): DataProblem {
  return error(
    "NW0767",
    `Of ${grouped(all)} training rows ${grouped(all - known)} have the answer of a teacher and no target, and \`target_mean\` encodes words by the target.`,
    {
      notes: ["Choose another encoder, as `one_hot`, or leave rows without a target out of the table."],
      setting: "teacher",
    },
  );
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
