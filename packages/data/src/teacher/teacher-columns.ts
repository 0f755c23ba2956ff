// The columns of a teacher's answers in a table, and what is asked of their cells: that they are numbers or words is, that there is
// one in every row is not.

import { columnKindOf, type TargetKind, teacherColumns } from "@netwright/definitions";
import type { RuledColumn } from "../check/check-columns.ts";
import type { NumberRule } from "../check/column-rule.ts";
import { error as errorPolicy } from "../missing/error.ts";
import { none } from "../preprocess/none.ts";
import { type Column, columnNames, findColumn, type Table } from "../table/table.ts";

/** What a teacher's answers are, and where. */
export interface TeacherPlan {
  /** A column for each target, or for each class; or one pattern that they fit, with the name of a class for `*`. */
  readonly columns: readonly string[];
  /** Whether anything is learned of them; if not, they are no features, and that is all. */
  readonly teaches?: boolean;
  /** What they hold where classes are predicted; `probabilities` where it is absent. */
  readonly gives?: "probabilities" | "logits" | "labels";
}

/** With the answer of a row about each target or class. */
export interface AnswerColumn {
  readonly name: string;
  /** What stands for `*` of a pattern; of a list the name. */
  readonly part: string;
  readonly column: Column;
}

export function answerColumns(table: Table, { columns }: TeacherPlan): readonly AnswerColumn[] {
  return teacherColumns(columns, columnNames(table)).map(({ name, part }) => {
    const column = findColumn(table, name);
    if (column === undefined) throw new Error(`the table has no column ${name}, which the plan names`);
    return { name, part, column };
  });
}

/**
 * Of columns of numbers; labels are words, and held to the classes apart. A number for a target is one that its encoder takes, and
 * may be beyond what the file promises of the target, but that nothing is counted below 0.
 */
export function answerRules(
  columns: readonly AnswerColumn[],
  { gives }: TeacherPlan,
  predicts: TargetKind,
  target: readonly RuledColumn[],
): readonly RuledColumn[] {
  if (columnKindOf(predicts) === "number") {
    return columns.flatMap(({ name, column }, i) => {
      const rule = target[i]?.rule;
      if (rule?.kind !== "number") return [];
      const { encoder, reading, contract } = rule;
      const min = predicts === "count" ? 0 : null;
      const own = { ...rule, ...ofTeacher(name), encoder, reading };
      return { column, rule: { ...own, contract: { unit: contract.unit, min, max: null } } };
    });
  }
  if (gives === "labels") return [];
  const bound = gives === "logits" ? { min: null, max: null } : { min: 0, max: 1 };
  return columns.map(({ name, column }) => ({
    column,
    rule: {
      kind: "number",
      ...ofTeacher(name),
      reading: null,
      encoder: none,
      contract: { unit: null, ...bound },
    },
  }));
}

function ofTeacher(name: string): Pick<NumberRule, "name" | "role" | "policy" | "setting" | "policySetting"> {
  return { name, role: "teacher", policy: errorPolicy, setting: "teacher", policySetting: "teacher" };
}
