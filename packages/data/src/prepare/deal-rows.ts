// The split of a plan, carried out on the rows that are kept, with what can be wrong about it.

import { count, grouped, int32At, listed, lookUp } from "@netwright/definitions";
import { type DataProblem, error } from "../problem/problem.ts";
import type { RowSplits } from "../split/split-rows.ts";
import { fillsEverySplit, rowsNeeded, splitNames } from "../split/split-sizes.ts";
import { splitters } from "../split/table.ts";
import { duplicateGroups } from "../table/duplicate-rows.ts";
import type { Table } from "../table/table.ts";
import type { SplitPlan } from "./plan.ts";

export type DealResult =
  | { readonly splits: RowSplits; readonly problems: readonly [] }
  | { readonly splits: null; readonly problems: readonly DataProblem[] };

/** Row indices (from 0) of each split; rows that are equal in every column of the table stay together. */
export function dealRows(table: Table, kept: Int32Array, plan: SplitPlan): DealResult {
  const invalid = shareProblems(plan);
  if (invalid.length > 0) return { splits: null, problems: invalid };
  const { name: chosen, args } = plan.splitter ?? { name: "random", args: {} };
  const splitter = lookUp(splitters, chosen);
  const shares = splitter.shares(plan, args);
  const shown = splitNames.map((name) => `${name} ${percent(shares[name])}`).join(", ");
  const sizes = (rows: number) => splitter.sizes(rows, plan, args);
  if (!fillsEverySplit(sizes(kept.length), shares)) {
    const left = kept.length < table.rows ? " after those with missing values are left out" : "";
    const message = `The split (${shown}) needs at least ${count(rowsNeeded(kept.length, shares, sizes), "row")}, and there ${kept.length === 1 ? "is" : "are"} ${grouped(kept.length)}${left}.`;
    return { splits: null, problems: [tooFew(message)] };
  }
  const groups = duplicateGroups(table, kept);
  const dealt = splitter.deal(groups, plan, plan.seed, args);
  const empty = splitNames.filter((name) => shares[name] > 0 && dealt[name].length === 0);
  if (empty.length > 0) {
    const message = `The split (${shown}) leaves ${listed(empty)} without rows: only ${count(new Set(groups).size, "row")} of ${grouped(kept.length)} differ from one another, and equal rows stay in one part.`;
    return { splits: null, problems: [tooFew(message)] };
  }
  const rowsOf = (positions: Int32Array) => positions.map((position) => int32At(kept, position));
  const splits = {
    train: rowsOf(dealt.train),
    validation: rowsOf(dealt.validation),
    test: rowsOf(dealt.test),
  };
  return { splits, problems: [] };
}

function tooFew(message: string): DataProblem {
  return error("NW0647", message, {
    notes: ["Add rows, or give the split fewer parts: a part may be 0%."],
    setting: "split",
  });
}

function shareProblems(plan: SplitPlan): DataProblem[] {
  const shares = splitNames.map((name) => plan[name]);
  const sum = shares.reduce((a, b) => a + b, 0);
  const problems: string[] = [];
  for (const name of splitNames) {
    if (!(plan[name] >= 0 && plan[name] <= 1))
      problems.push(`${name} is ${percent(plan[name])}, not from 0% to 100%`);
  }
  if (problems.length === 0 && Math.abs(sum - 1) > 1e-9)
    problems.push(`the parts sum to ${percent(sum)}, not to 100%`);
  if (plan.train === 0) problems.push("train is 0%, which leaves nothing to learn from");
  if (!Number.isSafeInteger(plan.seed)) problems.push(`the seed is ${plan.seed}, not a whole number`);
  return problems.map((what) =>
    error("NW0646", `The split is not valid: ${what}.`, {
      notes: ["For example `split: { train: 70%, validation: 15%, test: 15%, seed: 0 }`."],
      setting: "split",
    }),
  );
}

/** 0.7 is "70%"; rounded, for 0.07 * 100 is not exactly 7. */
function percent(share: number): string {
  return `${Math.round(share * 1e6) / 1e4}%`;
}
