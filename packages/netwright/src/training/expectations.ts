// The `expect` section against what a run has reached.

import type { Diagnostic, Expectation as Expected, Sources } from "@netwright/lang";
import type { Evaluations, Expectation } from "@netwright/runtime";
import { projectError } from "../project/diagnostics.ts";

const COMPARISONS: { readonly [C in Expected["comparison"]]: (a: number, b: number) => boolean } = {
  "<": (a, b) => a < b,
  "<=": (a, b) => a <= b,
  ">": (a, b) => a > b,
  ">=": (a, b) => a >= b,
  "==": (a, b) => a === b,
  "!=": (a, b) => a !== b,
};

export interface Verdict {
  readonly expected: Expected;
  readonly outcome: Expectation;
}

/** A metric that is not defined, or of a split without rows, meets no expectation. */
export function judge(expected: readonly Expected[], evaluations: Partial<Evaluations>): readonly Verdict[] {
  return judgeValues(expected, ({ split, label }) => evaluations[split]?.metrics[label] ?? null);
}

/** The same of whatever `reached` gives: of a study it is the mean over its runs. */
export function judgeValues(
  expected: readonly Expected[],
  reached: (expected: Expected) => number | null,
): readonly Verdict[] {
  return expected.map((one) => {
    const value = reached(one);
    const passed = value !== null && isMet(one, value);
    return { expected: one, outcome: { text: textOf(one), value, passed } };
  });
}

export function isMet({ comparison, value }: Expected, found: number): boolean {
  return COMPARISONS[comparison](found, value);
}

/** One error for each expectation that was not met, at its line. */
export function unmet(verdicts: readonly Verdict[], sources: Sources): readonly Diagnostic[] {
  return verdicts.flatMap(({ expected, outcome }) => {
    if (outcome.passed) return [];
    const found = outcome.value === null ? "it is not defined" : `it is ${round(outcome.value)}`;
    const message = `expected ${outcome.text}, but ${found}`;
    const span = sources.has(expected.span.file) ? expected.span : undefined;
    return [projectError("NW0705", message, [], span)];
  });
}

function textOf({ split, label, comparison, value }: Expected): string {
  return `${split}.${label} ${comparison} ${value}`;
}

function round(value: number): string {
  return String(Number(value.toPrecision(5)));
}
