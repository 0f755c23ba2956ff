// What becomes of missing values: an error, a value to fill in, or a row left out. Each policy lives in a file of its own
// beside this one; `table.ts` gathers them.

import {
  type Args,
  type ColumnKind,
  type Documented,
  definer,
  type MissingDefinition,
} from "@netwright/definitions";
import type { Words } from "../table/table.ts";

export interface MissingPolicy
  extends Documented,
    Pick<MissingDefinition, "takes" | "rows" | "asWord" | "marks"> {
  /** From the values that are there in the training rows, at least one, all finite; null where nothing is filled in. */
  readonly fill: ((present: Float64Array, args: Args) => number) | null;
  /** The same of words: one of those that are there. */
  readonly fillWord: ((present: Words, args: Args) => string) | null;
}

/** How a fitted column treats missing values; `fill` is in original units, `null` where nothing is filled in. */
export interface MissingRule<V extends number | string = number | string> {
  readonly policy: string;
  readonly fill: V | null;
  /** The column has one more number, 1 where the value is missing. Absent where it has not. */
  readonly indicator?: true;
}

export const defineMissing = definer<MissingPolicy, "fill" | "fillWord" | "takes" | "asWord" | "marks">({
  fill: null,
  fillWord: null,
  asWord: false,
  marks: () => false,
  takes: ["number", "words"],
});

/** Whether the policy puts a value of that kind in the place of a missing one. */
export function fillsIn({ fill, fillWord }: MissingPolicy, kind: ColumnKind): boolean {
  return (kind === "number" ? fill : fillWord) !== null;
}

/** Whether it makes a value of a missing one, which a target cannot have. */
export function makesUp(policy: MissingPolicy): boolean {
  return fillsIn(policy, "number") || fillsIn(policy, "words") || policy.asWord;
}

/** Whether it lets a column of that kind lack values: they become another, or a word of their own. */
export function takesGaps(policy: MissingPolicy, kind: ColumnKind): boolean {
  return fillsIn(policy, kind) || (kind === "words" && policy.asWord);
}

export function leavesRowsOut({ rows }: MissingPolicy): boolean {
  return rows === "left out";
}

/** Learns the value to fill in from the values that are there in the training split: at least one, all finite. */
export function fitMissing(policy: MissingPolicy, args: Args, present: Float64Array): MissingRule<number> {
  return ruleOf(policy, args, policy.fill === null ? null : policy.fill(present, args));
}

/** The same from words. */
export function fitMissingWords(policy: MissingPolicy, args: Args, present: Words): MissingRule<string> {
  return ruleOf(policy, args, policy.fillWord === null ? null : policy.fillWord(present, args));
}

function ruleOf<V extends number | string>(
  { name, marks }: MissingPolicy,
  args: Args,
  fill: V | null,
): MissingRule<V> {
  return { policy: name, fill, ...(marks(args) ? { indicator: true } : {}) };
}
