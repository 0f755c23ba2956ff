// New rows with known targets, to evaluate a trained network on.

import { hasError, type TargetKind } from "@netwright/definitions";
import { checkColumns } from "../check/check-columns.ts";
import { checkTargetRows } from "../check/check-target-rows.ts";
import { unknownWords } from "../check/check-words.ts";
import { droppedWarning } from "../check/dropped-warning.ts";
import type { OpenEncoders } from "../fitted/open-encoders.ts";
import { unlikeTraining } from "../lint/unlike-training.ts";
import type { DataProblem } from "../problem/problem.ts";
import { seriesOf } from "../series/series.ts";
import type { SavedWindow } from "../series/window-plan.ts";
import { tooFewRows } from "../series/window-problems.ts";
import { windowsIn } from "../series/windows.ts";
import type { Table } from "../table/table.ts";
import { weightColumn, weightlessRows } from "../weight/row-weights.ts";
import { matchColumns } from "./match-columns.ts";
import { type Split, splitData, type WindowsOfRows } from "./split-data.ts";

export type LabelledResult =
  | { readonly split: Split; readonly warnings: readonly DataProblem[] }
  | { readonly problems: readonly DataProblem[] };

/**
 * Like `encodeInput`, with the targets; rows that `missing: drop` left out of training are left out here too. `predicts` is what its
 * loss is for, by which targets are checked as they were for training; null for no such check.
 */
export function encodeLabelled(
  encoders: OpenEncoders,
  table: Table,
  predicts: TargetKind | null = null,
): LabelledResult {
  const matched = matchColumns(table, encoders, true);
  const checked = checkColumns(table, matched.ruled, "evaluation");
  const targets = matched.ruled.flatMap(({ rule }, i) => {
    const column = checked.columns[i];
    return rule.role === "target" && column !== undefined ? [{ rule, column }] : [];
  });
  const problems = [
    ...matched.problems,
    ...checked.problems,
    ...(predicts === null ? [] : checkTargetRows(predicts, table, targets, checked.kept)),
    ...droppedWarning(table, matched.ruled, checked),
  ];
  if (!hasError(matched.problems))
    problems.push(...unknownWords(table, checked.columns, encoders, checked.kept, "evaluation"));
  if (hasError(problems)) return { problems };
  const { window } = encoders.fitted;
  const windows = window === undefined ? null : windowsToEvaluate(table, checked.kept, window);
  if (windows !== null && "problems" in windows) return { problems: [...problems, ...windows.problems] };
  const rows = windows?.windows.targets ?? checked.kept;
  const { split, problems: overflows } = splitData(table, checked.columns, encoders, rows, { windows });
  const nothing = weightlessRows(table.name, weightColumn(encoders.fitted.weight), split);
  if (overflows.length + nothing.length > 0) return { problems: [...problems, ...overflows, ...nothing] };
  const unlike = unlikeTraining(table, encoders.features, checked.columns, checked.kept);
  return { split, warnings: [...problems, ...unlike] };
}

/** Those whose targets are there. */
function windowsToEvaluate(
  table: Table,
  kept: Int32Array,
  window: SavedWindow,
): WindowsOfRows | { readonly problems: readonly DataProblem[] } {
  const found = seriesOf(table, window);
  if ("problems" in found) return found;
  const { length, horizon } = window;
  const windows = windowsIn(found.series, kept, { length, ahead: horizon });
  return windows.targets.length === 0
    ? { problems: [tooFewRows(table, length + horizon, windows.longest, "be held against")] }
    : { series: found.series, window, windows };
}
