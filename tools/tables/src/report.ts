// What came of all tables: the sums, and by name whatever is not as it should be.

import type { Attempt } from "./attempt.ts";
import type { Tried } from "./pool.ts";

export interface Report {
  readonly tables: number;
  readonly outcomes: Readonly<Record<string, number>>;
  /** With 30 rows or more and two usable columns. */
  readonly eligible: number;
  readonly eligibleTrained: number;
  /** Of those, for a few epochs alone. */
  readonly cut: number;
  /** Of those that were not trained: how many for each cause, as code and step. */
  readonly causes: Readonly<Record<string, number>>;
  /** Of those that were trained: what is predicted. */
  readonly tasks: Readonly<Record<string, number>>;
  readonly scored: number;
  readonly beatsBaseline: number;
  readonly medianR2: number | null;
  readonly unaccounted: readonly string[];
  readonly lost: readonly string[];
  readonly indexes: readonly string[];
  readonly withoutCause: readonly string[];
  readonly crashed: readonly string[];
  readonly seconds: Readonly<Record<string, number>>;
  readonly slowest: readonly string[];
}

export const FEWEST_ROWS = 30;

export function isEligible({ rows, usable }: Attempt): boolean {
  return rows >= FEWEST_ROWS && usable >= 2;
}

export function beats({ score }: Attempt): boolean {
  return score?.better === true;
}

export function reportOf(tried: readonly Tried[]): Report {
  const attempts = tried.flatMap((one) => ("result" in one ? [one.result] : []));
  const eligible = attempts.filter(isEligible);
  const scored = attempts.filter(({ score }) => score !== null);
  const named = (key: keyof Attempt["findings"]) =>
    attempts.flatMap(({ table, findings }) => findings[key].map((column) => `${table}: ${column}`));
  const total = (one: Attempt) => Object.values(one.seconds).reduce((sum, seconds) => sum + seconds, 0);
  const r2 = scored.flatMap(({ score }) => (score === null || score.r2 === null ? [] : [score.r2]));
  return {
    tables: tried.length,
    outcomes: countBy(attempts, ({ outcome }) => outcome),
    eligible: eligible.length,
    eligibleTrained: eligible.filter(({ outcome }) => outcome === "trained").length,
    cut: eligible.filter(({ outcome, cut }) => outcome === "trained" && cut === true).length,
    causes: countBy(
      attempts.filter(({ ended }) => ended !== null),
      ({ ended, code }) => `${code} in ${ended}`,
    ),
    tasks: countBy(
      attempts.filter(({ outcome }) => outcome === "trained"),
      ({ task }) => task ?? "unknown",
    ),
    scored: scored.length,
    beatsBaseline: scored.filter(beats).length,
    medianR2: r2.sort((a, b) => a - b)[r2.length >> 1] ?? null,
    unaccounted: named("unaccounted"),
    lost: named("lost"),
    indexes: named("indexes"),
    withoutCause: attempts
      .filter(({ ended, code }) => ended !== null && code === null)
      .map(({ table }) => table),
    crashed: tried.flatMap((one) => ("error" in one ? [`${one.table}: ${one.error}`] : [])),
    seconds: Object.fromEntries(
      ["init", "check", "train", "predict"].map((step) => [
        step,
        attempts.reduce((sum, { seconds }) => sum + (seconds[step] ?? 0), 0),
      ]),
    ),
    slowest: [...attempts]
      .sort((a, b) => total(b) - total(a))
      .slice(0, 5)
      .map((one) => `${one.table} ${total(one).toFixed(0)} s`),
  };
}

function countBy<T>(items: readonly T[], keyOf: (item: T) => string): Readonly<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const item of items) counts[keyOf(item)] = (counts[keyOf(item)] ?? 0) + 1;
  return counts;
}

export function reportText(report: Report): string {
  const share = (part: number, of: number) =>
    of === 0 ? "none" : `${part} of ${of} (${((100 * part) / of).toFixed(1)}%)`;
  const rows: readonly (readonly [string, string])[] = [
    ["tables", String(report.tables)],
    ...Object.entries(report.outcomes).map(([outcome, n]) => [outcome, String(n)] as const),
    [
      `drafted and trained, of those with ${FEWEST_ROWS} rows or more and two usable columns`,
      share(report.eligibleTrained, report.eligible),
    ],
    ["of them for a few epochs alone, as they are large", String(report.cut)],
    ...Object.entries(report.tasks).map(([task, n]) => [`trained: ${task}`, String(n)] as const),
    ["test score beats the mean or the most frequent class", share(report.beatsBaseline, report.scored)],
    ["median R2 of the test rows", report.medianR2?.toFixed(3) ?? "none"],
    ...Object.entries(report.causes)
      .sort(([, a], [, b]) => b - a)
      .map(([cause, n]) => [`ended: ${cause}`, String(n)] as const),
    ["columns neither kept nor named as left out", listed(report.unaccounted)],
    ["columns of numbers lost to words for missing values", listed(report.lost)],
    ["row numbers among the features", listed(report.indexes)],
    ["refused without a cause", listed(report.withoutCause)],
    ["crashed", listed(report.crashed)],
    [
      "seconds",
      Object.entries(report.seconds)
        .map(([step, s]) => `${step} ${s.toFixed(0)}`)
        .join(", "),
    ],
    ["slowest", report.slowest.join(", ")],
  ];
  return ["| what | found |", "|---|---|", ...rows.map(([what, found]) => `| ${what} | ${found} |`)].join(
    "\n",
  );
}

function listed(names: readonly string[]): string {
  if (names.length === 0) return "0";
  return `${names.length}: ${names.slice(0, 10).join("; ")}${names.length > 10 ? "; ..." : ""}`;
}
