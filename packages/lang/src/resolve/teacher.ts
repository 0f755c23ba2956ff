// The setting `teacher` of `data`, and what it, the loss and the settings of training say of each other.

import {
  columnKindOf,
  count,
  isTeacherPattern,
  type LossDefinition,
  listNames,
  quote,
  teacherColumns,
} from "@netwright/definitions";
import type { DataSettings, TrainSettings } from "../model/model.ts";
import type { Name } from "../syntax/tree.ts";
import { checkColumnsExist, readColumnNames } from "./column-names.ts";
import { type Context, placeText } from "./context.ts";
import type { Entry } from "./settings.ts";

/** The columns, or the one pattern; null where there is no teacher, undefined after a report. */
export function readTeacher(entry: Entry | undefined, context: Context): readonly Name[] | null | undefined {
  if (entry === undefined) return null;
  if (entry.value.kind === "constant" && entry.value.value === null) return null;
  const names = readColumnNames("teacher", entry.value, false, context);
  if (names === undefined || names === "all") return undefined;
  const [only] = names;
  if (only !== undefined && names.length === 1 && /^\*+$/.test(only.text)) {
    context.report.error("NW0762", only.span, `every column fits ${quote(only.text)}`, {
      notes: [
        'Say what stands around the name of a class, `"prob_*"`; columns that are called as the classes are, are listed.',
      ],
    });
    return undefined;
  }
  return names;
}

/** A column with answers is nothing else: a network that saw it would need it to predict. */
export function checkTeacherApart(
  teacher: readonly Name[],
  others: readonly (Name & { readonly role: string })[],
  header: readonly string[] | undefined,
  context: Context,
): boolean {
  const stated = teacher.map(({ text }) => text);
  const names = header ?? others.map(({ text }) => text);
  const taken = new Set(teacherColumns(stated, names).map(({ name }) => name));
  const other = others.find(({ text }) => taken.has(text));
  if (other === undefined) return true;
  const at = (teacher.find(({ text }) => text === other.text) ?? teacher[0])?.span ?? other.span;
  context.report.error("NW0602", at, `the teacher's column ${quote(other.text)} is ${other.role} as well`, {
    notes: [
      `It is named at ${placeText(context, other.span)}; what a teacher answers is neither feature nor target.`,
    ],
  });
  return false;
}

export function checkTeacherExists(
  teacher: readonly Name[],
  header: readonly string[],
  source: string,
  context: Context,
): boolean {
  const stated = teacher.map(({ text }) => text);
  if (!isTeacherPattern(stated)) return checkColumnsExist(teacher, header, source, context);
  const [pattern] = teacher;
  if (pattern === undefined || teacherColumns(stated, header).length > 0) return true;
  context.report.error("NW0601", pattern.span, `${source} has no column that fits ${quote(pattern.text)}`, {
    notes: [`Its columns: ${listNames(header, 20)}.`],
  });
  return false;
}

const SETTINGS = ["teacher_share", "teacher_temperature"] as const;

/** What is said of a teacher where there is none, and one that the loss cannot learn from. */
export function checkTeacher(train: TrainSettings, data: DataSettings, context: Context): void {
  const { report, catalog } = context;
  const { teacher, teacher_gives: gives } = data;
  const loss = catalog.definitions.loss.get(train.loss.name);
  if (teacher === undefined) {
    // A teacher that is taken away to compare leaves what was said of it.
    if (data.spans["teacher"] !== undefined) return;
    const stated = [data.spans["teacher_gives"], ...SETTINGS.map((key) => train.spans[key])];
    for (const span of stated) {
      if (span === undefined) continue;
      report.error("NW0760", span, "this is about a teacher, and `data` has none", {
        notes: [
          'Name the columns of its answers, `teacher: "prob_*"` or `teacher: Predicted`, or take this out.',
        ],
      });
    }
    return;
  }
  const at = data.spans["teacher"] ?? train.loss.span;
  if (loss === undefined) return;
  const why = data.window === undefined ? cannotTeach(loss, train) : "rows of a `window` have no teacher yet";
  if (why !== null) {
    report.error("NW0761", at, `the loss cannot learn from a teacher: ${why}`, {
      notes: [
        "A teacher is for losses of numbers and counts, one number for each column, and for `cross_entropy`, `focal` and `binary_cross_entropy`.",
      ],
    });
    return;
  }
  if (columnKindOf(loss.target) === "number") checkNumbers(data, train, teacher, context);
  else if (gives === "labels" && teacher.length > 1) {
    report.error("NW0762", at, `labels are one column, and \`teacher\` names ${teacher.length}`, {
      notes: ["A column for each class holds `probabilities` or `logits`."],
    });
  } else if (gives === "labels" && train.teacher_temperature !== 1) {
    const span = train.spans["teacher_temperature"] ?? at;
    report.error("NW0762", span, "a label cannot be softened: it says nothing of the other classes", {
      notes: ["Take `teacher_temperature` out, or use a teacher's probabilities."],
    });
  }
}

function cannotTeach(loss: LossDefinition, { loss: { name, args } }: TrainSettings): string | null {
  const quoted = `\`${name}\``;
  if (loss.spread === true)
    return `${quoted} learns how far targets spread, which a teacher's number does not say`;
  if ((loss.quantiles?.(args) ?? null) !== null) return `${quoted} predicts several quantiles`;
  if (loss.target === "number" || loss.target === "count") return null;
  if (loss.target !== "class")
    return `${quoted} is for something else than numbers or one of several classes`;
  return loss.applies === "softmax" || loss.applies === "sigmoid"
    ? null
    : `${quoted} gives no probability of a class`;
}

function checkNumbers(
  { target, teacher_gives: gives, spans }: DataSettings,
  train: TrainSettings,
  teacher: readonly string[],
  { report }: Context,
): void {
  const at = spans["teacher"] ?? train.loss.span;
  const quoted = `\`${train.loss.name}\``;
  const given = spans["teacher_gives"];
  if (gives !== undefined && given !== undefined) {
    report.error("NW0762", given, `${quoted} is for numbers, and a teacher of these gives no ${gives}`, {
      notes: ["Take `teacher_gives` out: the column holds the number that the teacher predicts."],
    });
  }
  const temperature = train.spans["teacher_temperature"];
  if (train.teacher_temperature !== 1 && temperature !== undefined) {
    report.error("NW0762", temperature, `${quoted} is for numbers, and only probabilities are softened`, {
      notes: ["Take `teacher_temperature` out."],
    });
  }
  if (isTeacherPattern(teacher) || teacher.length !== target.length) {
    const found = isTeacherPattern(teacher) ? "is a pattern" : `names ${teacher.length}`;
    report.error(
      "NW0762",
      at,
      `the target has ${count(target.length, "column")} of numbers, and \`teacher\` ${found}`,
      {
        notes: ["Name a column of the teacher for each of the target, in their order."],
      },
    );
  }
}
