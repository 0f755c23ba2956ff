// What was left out and why, one line a column; of many for the same reason, one line for all.

import { listNames, quote } from "@netwright/definitions";
import type { LeftOut } from "./draft-net.ts";

/** More columns than this with one reason are named in one line. */
const MOST_LINES = 20;

export function leftOutLines(leftOut: readonly LeftOut[]): readonly string[] {
  const byReason = new Map<string, string[]>();
  for (const { column, reason } of leftOut) {
    const all = byReason.get(reason) ?? [];
    byReason.set(reason, all);
    all.push(column);
  }
  const said = new Set<string>();
  return leftOut.flatMap(({ column, reason }) => {
    const columns = byReason.get(reason) ?? [];
    if (columns.length <= MOST_LINES) return [`${nameOf(column)} (${reason})`];
    if (said.has(reason)) return [];
    said.add(reason);
    return [`${listNames(columns)} (${reason})`];
  });
}

function nameOf(column: string): string {
  return column === "" ? "the first column, which has no name" : quote(column);
}
