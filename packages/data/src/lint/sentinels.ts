// A number that stands for a missing value, as -999 does: far from all others, made of nines, and found more than once.

import { float64At, grouped, quote } from "@netwright/definitions";
import { type DataProblem, warning } from "../problem/problem.ts";
import type { LintRule, UsedNumbers } from "./lint-rule.ts";

/** 99, -999, 9999.99, and the -1 and -9 of questionnaires. */
const NINES = /^(?:-?9{2,}(?:\.9+)?|-[19])$/;

export const sentinels: LintRule = ({ numbers }) => numbers.flatMap(ofNumbers);

function ofNumbers({ name, sorted }: UsedNumbers): DataProblem[] {
  return sentinelsIn(sorted).map(({ value, times, next, last }) => {
    const others = value < next ? `${next} to ${last}` : `${last} to ${next}`;
    const message = `Column ${quote(name)} is ${value} in ${grouped(times)} of ${grouped(sorted.length)} training rows, and ${others} in the others: ${value} looks like a missing value.`;
    const notes = [
      `If it is one, say so with \`missing_words: ["${value}"]\` in \`data\`, and with \`missing\` what to do about it: as a number it counts as one.`,
    ];
    return warning("NW0683", message, { notes, column: name });
  });
}

export interface Sentinel {
  readonly value: number;
  readonly times: number;
  /** The nearest and the furthest of the others. */
  readonly next: number;
  readonly last: number;
}

/** At either end of numbers that are ascending. */
export function sentinelsIn(sorted: Float64Array): readonly Sentinel[] {
  return [sorted, sorted.slice().reverse()].flatMap((fromEnd) => {
    const value = fromEnd[0];
    if (value === undefined || !NINES.test(String(value))) return [];
    const times = fromEnd.findIndex((x) => x !== value);
    if (times < 2) return [];
    const [next, last] = [float64At(fromEnd, times), float64At(fromEnd, fromEnd.length - 1)];
    // Further away than all others are from one another.
    return Math.abs(value - next) <= Math.abs(last - next) || next === last
      ? []
      : [{ value, times, next, last }];
  });
}
