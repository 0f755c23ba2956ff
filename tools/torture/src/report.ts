// What was tried and what came of it, as text.

import Table from "cli-table3";
import type { Findings, Harness } from "./harness.ts";

export interface Tried {
  readonly harness: Harness;
  readonly findings: Findings;
  readonly seconds: number;
}

/** A row for each outcome, failures last. */
export function countsTable(all: readonly Tried[]): string {
  const table = new Table({
    head: ["harness", "outcome", "cases", "seconds"],
    style: { head: [], border: [] },
    colAligns: ["left", "left", "right", "right"],
    chars: { mid: "", "left-mid": "", "mid-mid": "", "right-mid": "" },
  });
  for (const { harness, findings, seconds } of all) {
    table.push([harness.name, "tried", String(findings.tried), seconds.toFixed(1)]);
    for (const [outcome, cases] of Object.entries(findings.outcomes).sort()) {
      table.push(["", outcome, String(cases), ""]);
    }
    table.push(["", "FAILED", String(findings.failures.length), ""]);
  }
  return table.toString();
}

/** Each failure and the command that tries its case again. */
export function failuresText(all: readonly Tried[], seed: number): string {
  const lines = all.flatMap(({ harness, findings }) =>
    findings.failures.map(
      ({ number, what }) =>
        `${harness.name}, case ${number}: ${what}\n` +
        `  again: npm run torture -- ${harness.name} --seed ${seed} --first ${number} --count 1\n`,
    ),
  );
  return lines.join("");
}
