// What the values of a target are: numbers, counts, classes or labels. Whole numbers may be each of the first three, so
// the choice goes by rules that a person can foresee, and the file says how to change it.

import type { ColumnSummary } from "@netwright/data";
import { count, grouped, quote } from "@netwright/definitions";
import { isClassName, isCountName } from "./name-hints.ts";
import { type Refusal, refused } from "./refusal.ts";
import type { TypedWords } from "./typed-words.ts";

export const tasks = ["numbers", "counts", "classes", "labels"] as const;
export type Task = (typeof tasks)[number];

/** As many whole numbers may be classes that are numbered. */
export const FEW_NUMBERS = 10;
/** More classes than this a first model does not tell apart. */
const MOST_CLASSES = 1000;
/** Amounts in whole numbers are larger. */
const LARGEST_MEAN_SKEWED = 20;
/** Of a count by its name: training starts at 1, and is slow to reach what is far from it. */
const LARGEST_MEAN_NAMED = 500;

export interface ChosenTask {
  readonly ok: true;
  readonly task: Task;
  /** Why whole numbers are what they are taken for, where that is said. */
  readonly because: string | null;
}

/** `what` names the target with the reason for it, as a sentence begins; `rows` are those of the table. */
export function chooseTask(
  what: string,
  target: ColumnSummary,
  rows: number,
  kind: TypedWords | undefined,
  given: Task | undefined,
): ChosenTask | Refusal {
  const chosen = given === undefined ? likelyTask(target, kind) : { task: given, because: null };
  return objectionTo(what, target, rows, chosen.task) ?? { ok: true, ...chosen };
}

function likelyTask(
  target: ColumnSummary,
  kind: TypedWords | undefined,
): { readonly task: Task; readonly because: string | null } {
  const { name, type, pattern, distinct, min, max } = target;
  if (type === "text") return { task: kind?.kind === "labels" ? "labels" : "classes", because: null };
  const isWhole = pattern === "whole" || pattern === "count";
  if (!isWhole) return { task: "numbers", because: null };
  if (distinct === 2) return { task: "classes", because: "two values are taken for classes" };
  const fromZero = min === 0 && max === distinct - 1;
  if (distinct <= FEW_NUMBERS && (isClassName(name) || (name.toLowerCase() === "target" && fromZero)))
    return { task: "classes", because: "whole numbers are taken for classes by the name" };
  if (!mayBeCounts(target)) return { task: "numbers", because: null };
  return isCountName(name) && (target.mean ?? 0) <= LARGEST_MEAN_NAMED
    ? { task: "counts", because: "whole numbers from 0 on are taken for counts by the name" }
    : { task: "numbers", because: null };
}

export function mayBeCounts({ type, pattern, min, distinct }: ColumnSummary): boolean {
  return (
    type === "number" && (pattern === "whole" || pattern === "count") && (min ?? -1) >= 0 && distinct > 2
  );
}

/** Counts look like that, and amounts may: from 0 on, and the tail above the mean twice as long as that below it. */
export function isSkewed({ min, max, mean }: ColumnSummary): boolean {
  if (min !== 0 || max === null || mean === null) return false;
  return mean <= LARGEST_MEAN_SKEWED && max - mean > 2 * mean;
}

function objectionTo(what: string, target: ColumnSummary, rows: number, task: Task): Refusal | null {
  const isText = target.type === "text";
  if ((task === "numbers" || task === "counts") && isText) {
    return refused("no-target", `${what} holds words, which are no numbers`, "Words are classes.");
  }
  if (task === "counts" && !mayBeCounts({ ...target, distinct: 3 })) {
    return refused(
      "no-target",
      `${what} holds other numbers than counts`,
      "Counts are whole numbers from 0 on.",
    );
  }
  if (task === "labels" && !isText) {
    return refused(
      "no-target",
      `${what} holds numbers, which list no labels`,
      `Labels are words, as in ${quote("red|ripe")}.`,
    );
  }
  if (task !== "classes") return null;
  // As of words.
  const present = rows - target.missing;
  if (!isText && target.distinct > Math.max(FEW_NUMBERS, present / 2)) {
    return refused(
      "words",
      `${what} is no class: ${grouped(target.distinct)} different numbers in ${count(present, "row")}`,
      "A class is a value that many rows have; `--task numbers` predicts the number.",
    );
  }
  if (target.distinct <= MOST_CLASSES) return null;
  return refused(
    "words",
    `${what} has ${grouped(target.distinct)} different values, too many to be classes`,
    `A draft tells up to ${MOST_CLASSES} apart.`,
  );
}
