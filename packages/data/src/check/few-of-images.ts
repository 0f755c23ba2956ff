// What is the matter with one pixel of an image is mostly the matter with many: it is said once.

import { count, quote } from "@netwright/definitions";
import type { DataProblem } from "../problem/problem.ts";

/** `imageOf` gives the image of a column; undefined of one that is no pixel. */
export function fewOfImages(
  problems: readonly DataProblem[],
  imageOf: (column: string) => string | undefined,
): DataProblem[] {
  const others = new Map<string, number>();
  const keys = problems.map(({ code, column = "" }) => {
    const image = imageOf(column);
    return image === undefined ? null : JSON.stringify([image, code]);
  });
  for (const key of keys) if (key !== null) others.set(key, (others.get(key) ?? -1) + 1);
  const said = new Set<string>();
  return problems.flatMap((problem, i): DataProblem[] => {
    const key = keys[i] ?? null;
    if (key === null) return [problem];
    if (said.has(key)) return [];
    said.add(key);
    const more = others.get(key) ?? 0;
    if (more === 0) return [problem];
    const note = `Likewise in ${count(more, "other pixel")} of ${quote(imageOf(problem.column ?? "") ?? "")}.`;
    return [{ ...problem, notes: [note, ...problem.notes] }];
  });
}
