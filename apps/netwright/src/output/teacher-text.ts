// What is said of a teacher: of its columns, and of rows of which it alone has an answer.

import type { Prepared } from "@netwright/data";
import { count, listNames } from "@netwright/definitions";
import type { Model } from "@netwright/lang";

/** "Teacher: `P(*)`, no features; 70% of the loss of a row that has both, with temperature 2." */
export function teacherText({ data, train }: Pick<Model, "data" | "train">): string {
  if (data?.teacher === undefined || train === null) return "";
  const { teacher_share: share = 0.5, teacher_temperature: temperature = 1 } = train;
  const percent = `${Number((100 * share).toPrecision(12))}%`;
  const softened = temperature === 1 ? "" : `, with temperature ${temperature}`;
  const are =
    data.teacher.length === 1 && data.teacher[0]?.includes("*") === false ? "no feature" : "no features";
  return `Teacher: ${listNames(data.teacher)}, ${are}; ${percent} of the loss of a row that has a truth and an answer${softened}.`;
}

/** The same as data; undefined where there is none. */
export function teacherJson({ data, train }: Pick<Model, "data" | "train">) {
  if (data?.teacher === undefined || train === null) return undefined;
  const { teacher_share: share = 0.5, teacher_temperature: temperature = 1 } = train;
  return { columns: data.teacher, gives: data.teacher_gives ?? null, share, temperature };
}

/** "473 rows of the teacher alone"; null where there are none. */
export function taughtText({ splits, taught }: Pick<Prepared, "splits" | "taught">): string | null {
  const more = taughtRows({ splits, taught });
  return more === 0 ? null : `${count(more, "row")} of the teacher alone`;
}

export function taughtRows({
  splits,
  taught,
}: {
  readonly splits: Prepared["splits"];
  readonly taught?: Prepared["taught"] | undefined;
}): number {
  return taught === undefined ? 0 : taught.rows - splits.train.rows;
}
