// Which columns of its table a file speaks of. What reading the others loses is nothing to it.

import type { DataProblem } from "@netwright/data";
import type { DataSettings } from "@netwright/lang";

/** Of all that reading a table warns of. Of a table by itself, without a file, all is told. */
export function warningsFor(
  data: DataSettings | undefined,
  warnings: readonly DataProblem[],
): readonly DataProblem[] {
  return data === undefined ? warnings : warnings.filter((warning) => speaksOf(warning, data));
}

/** Patterns, of a teacher or of the pixels of an image, may stand for any column. */
function speaksOf({ column }: DataProblem, data: DataSettings): boolean {
  if (column === undefined || data.features === "all") return true;
  const named = [...data.features, ...namedBeside(data)];
  return named.includes(column) || named.some((name) => name.includes("*"));
}

function namedBeside({ target, columns, weight, teacher, window, split }: DataSettings): readonly string[] {
  const described = Object.entries(columns).flatMap(([name, { args }]) => [name, ...textsIn(args)]);
  const weighed = weight === undefined || weight === "balanced" ? [] : [weight.column];
  const ordered = window === undefined ? [] : [window.order, ...(window.by ?? [])];
  return [...target, ...described, ...weighed, ...(teacher ?? []), ...ordered, ...textsIn(split.args)];
}

/** Columns are arguments of splitters, one or several, and of what is made of many. */
function textsIn(args: DataSettings["split"]["args"]): readonly string[] {
  return Object.values(args)
    .flat()
    .filter((value) => typeof value === "string");
}
