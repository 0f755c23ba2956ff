// A table of a thousand columns has what is the matter with one of them in hundreds: the first few are told, and with the
// last of these which others there are.

import { count, listNames } from "@netwright/definitions";
import type { DataProblem } from "../problem/problem.ts";

const MOST = 3;

/** Of one kind, each of another column. */
export function fewOf(problems: readonly DataProblem[]): readonly DataProblem[] {
  const last = problems[MOST - 1];
  const others = problems.slice(MOST).flatMap(({ column }) => column ?? []);
  if (last === undefined || others.length === 0) return problems;
  const likewise = `Likewise ${count(others.length, "other column")}: ${listNames(others, 6)}.`;
  return [...problems.slice(0, MOST - 1), { ...last, notes: [likewise, ...last.notes] }];
}
