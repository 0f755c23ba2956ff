// What a teacher says of each row, as training is fed with it: of numbers encoded as the target is, of classes logits. They are read
// once the target is fitted, as its classes and its scaling are those of the answers.

import {
  ANSWERED,
  at,
  BEYOND_ALL,
  float64At,
  isTeacherPattern,
  listNames,
  quote,
  TEACHER,
} from "@netwright/definitions";
import { logWide } from "@netwright/ir/numerics";
import type { Field } from "../batch/row-store.ts";
import { ROUNDING } from "../check/check-target-rows.ts";
import { hits } from "../check/hits.ts";
import { decodeClasses } from "../encode/decode-output.ts";
import { encodeColumns } from "../encode/encode-columns.ts";
import type { OpenEncoders } from "../fitted/open-encoders.ts";
import { type DataProblem, error } from "../problem/problem.ts";
import { isCode } from "../table/codes.ts";
import { type Column, lacksValue, rowPhrase, rowPlace, type Table, wordAt } from "../table/table.ts";
import { wordColumn } from "../table/word-column.ts";
import { softmax } from "../uncertainty/temperature.ts";
import type { AnswerColumn, TeacherPlan } from "./teacher-columns.ts";

/** The answers about the rows of a split. */
export interface Answers {
  readonly fields: readonly Field[];
  /** Which rows there are answers about, places among those of the split. */
  readonly places: Int32Array;
  /** Of these, as of `Evaluation`: in original units, or the number of the class. */
  readonly prediction: Float64Array;
  /** Of these: the share of each class; null where none are given. */
  readonly scores: Float64Array | null;
}

export interface Teacher {
  readonly kind: "teacher";
  readonly answers: (rows: Int32Array, isKnown: (row: number) => boolean) => Answers;
  /** Of values that are too large. */
  readonly problems: readonly DataProblem[];
}

interface Asked {
  readonly table: Table;
  readonly plan: TeacherPlan;
  /** With their values as they are checked. */
  readonly columns: readonly AnswerColumn[];
  readonly encoders: Pick<OpenEncoders, "target">;
  /** Rows that are looked at, indices from 0. */
  readonly kept: Int32Array;
}

/** The logit of a probability of 0: behind any softmax it is 0 again. */
const NEVER = -BEYOND_ALL;

export interface Unfit {
  readonly kind: "unfit";
  readonly problems: readonly DataProblem[];
}

function unfit(...problems: readonly DataProblem[]): Unfit {
  return { kind: "unfit", problems };
}

export function readTeacher(asked: Asked): Teacher | Unfit {
  const { columns, encoders } = asked;
  const partly = partlyAnswered(asked);
  if (partly.length > 0) return unfit(...partly);
  const [only] = encoders.target;
  if (only?.kind !== "words") return numbersOf(asked);
  const classes = only.coding.words;
  if (asked.plan.gives === "labels") return labelsOf(asked, columns[0], classes);
  const ordered = byClass(asked, classes);
  return "kind" in ordered ? ordered : sharesOf(asked, ordered, classes.length);
}

/** Rows with some of the answers. */
function partlyAnswered({ table, columns, kept }: Asked): DataProblem[] {
  const lacking = (row: number) => columns.filter(({ column }) => lacksValue(column, row));
  const isSome = (row: number) => {
    const lacks = lacking(row).length;
    return lacks > 0 && lacks < columns.length;
  };
  const some = columns.some(({ column }) => column.gaps > 0) ? kept.filter(isSome) : new Int32Array(0);
  const found = hits(table, some);
  if (found === null) return [];
  const { first, notes } = found;
  const names = listNames(lacking(first).map(({ name }) => name));
  const message = `In ${rowPhrase(table, first)} of ${quote(table.name)} the teacher has some of its answers and lacks ${names}.`;
  const advice = "A row has all of them or none; one with none learns from its target alone.";
  return [
    error("NW0764", message, { notes: [...notes, advice], setting: "teacher", ...rowPlace(table, first) }),
  ];
}

function numbersOf({ table, columns, encoders, kept }: Asked): Teacher {
  const given = columns.map(({ column }) => column);
  const width = columns.length;
  const encode = (rows: Int32Array) => {
    const { encoded, problems } = encodeColumns(table, given, encoders.target, rows);
    return { values: Float32Array.from(encoded, (x) => (Number.isNaN(x) ? 0 : x)), problems };
  };
  const isAnswered = answeredBy(given);
  return {
    kind: "teacher",
    problems: encode(kept.filter(isAnswered)).problems,
    answers: (rows, isKnown) => {
      const places = placesOf(rows, isAnswered);
      const prediction = new Float64Array(places.length * width);
      for (const [i, place] of places.entries())
        for (const [j, column] of given.entries())
          if (column.kind === "number") prediction[i * width + j] = float64At(column.values, at(rows, place));
      const fields = fieldsOf(rows, isKnown, isAnswered, width, encode(rows).values);
      return { fields, places, prediction, scores: null };
    },
  };
}

/** The columns in the order of the classes; one column for two classes is that of the second. */
function byClass({ columns, plan }: Asked, classes: readonly string[]): readonly AnswerColumn[] | Unfit {
  const problem = (message: string, ...notes: readonly string[]) =>
    unfit(error("NW0765", message, { notes, setting: "teacher" }));
  const isPattern = isTeacherPattern(plan.columns);
  const [single] = columns;
  if (classes.length === 2 && columns.length === 1 && single !== undefined && !classes.includes(single.part))
    return [single];
  const named = isPattern
    ? "What stands for `*` is the name of a class."
    : "Columns that are listed are called as the classes are.";
  const known = `The classes are ${listNames(classes, 20)}.`;
  const lacks = classes.filter((name) => !columns.some(({ part }) => part === name));
  if (lacks.length > 0) {
    const which = `the ${lacks.length === 1 ? "class" : "classes"} ${listNames(lacks)}`;
    const hint =
      columns.length === 1 ? "One column of the names of classes is `teacher_gives: labels`." : named;
    return problem(`No column of the teacher, ${listNames(plan.columns)}, is for ${which}.`, hint, known);
  }
  const others = columns.filter(({ part }) => !classes.includes(part)).map(({ name }) => name);
  if (others.length > 0) {
    const are = others.length === 1 ? "is for no class" : "are for no class";
    return problem(`Of the teacher's columns ${listNames(others)} ${are}.`, named, known);
  }
  return classes.flatMap((name) => columns.find(({ part }) => part === name) ?? []);
}

function sharesOf(
  { table, plan, kept }: Asked,
  columns: readonly AnswerColumn[],
  classes: number,
): Teacher | Unfit {
  const given = columns.map(({ column }) => column);
  const isAnswered = answeredBy(given);
  const valuesOf = (row: number) =>
    given.map((column) => (column.kind === "number" ? float64At(column.values, row) : Number.NaN));
  const isLogit = plan.gives === "logits";
  const wrong = isLogit || given.length === 1 ? [] : wrongSums(table, kept.filter(isAnswered), valuesOf);
  if (wrong.length > 0) return unfit(...wrong);
  return ofClasses(isAnswered, classes, true, (row) => {
    const values = valuesOf(row);
    const [second = 0] = values;
    if (isLogit) return values.length === 1 ? [0, second] : values;
    return (values.length === 1 ? [1 - second, second] : values).map((p) => (p > 0 ? logWide(p) : NEVER));
  });
}

function wrongSums(
  table: Table,
  rows: Int32Array,
  valuesOf: (row: number) => readonly number[],
): DataProblem[] {
  const sumOf = (row: number) => valuesOf(row).reduce((sum, p) => sum + p, 0);
  const found = hits(
    table,
    rows.filter((row) => Math.abs(sumOf(row) - 1) > ROUNDING),
  );
  if (found === null) return [];
  const { first, notes } = found;
  const sum = Number(sumOf(first).toPrecision(6));
  const message = `In ${rowPhrase(table, first)} of ${quote(table.name)} the probabilities of the teacher sum to ${sum}, and those of all classes sum to 1.`;
  const advice = "Divide each by the sum of its row, or say `teacher_gives: logits`, if they are none.";
  return [
    error("NW0763", message, { notes: [...notes, advice], setting: "teacher", ...rowPlace(table, first) }),
  ];
}

function labelsOf(
  { table, kept }: Asked,
  answer: AnswerColumn | undefined,
  classes: readonly string[],
): Teacher | Unfit {
  if (answer === undefined) throw new Error("a teacher of labels without a column");
  const words = wordColumn(answer.column, table.numbers, classes.some(isCode));
  const codeOf = new Map(classes.map((name, code) => [name, code]));
  const isAnswered = answeredBy([words]);
  const found = hits(
    table,
    kept.filter((row) => isAnswered(row) && !codeOf.has(wordAt(words, row))),
  );
  if (found !== null) {
    const { first, notes } = found;
    const message = `In ${rowPhrase(table, first)} of ${quote(table.name)}, column ${quote(answer.name)} has the label ${quote(wordAt(words, first))} of a teacher, which is none of the classes.`;
    const known = `The classes are ${listNames(classes, 20)}.`;
    const place = { ...rowPlace(table, first), column: answer.name };
    return unfit(error("NW0766", message, { notes: [...notes, known], setting: "teacher", ...place }));
  }
  return ofClasses(isAnswered, classes.length, false, (row) => {
    const own = codeOf.get(wordAt(words, row));
    return classes.map((_, code) => (code === own ? 0 : NEVER));
  });
}

/** From the logits of a row; `scored` says whether their softmax are probabilities to be measured. */
function ofClasses(
  isAnswered: (row: number) => boolean,
  classes: number,
  scored: boolean,
  logitsOf: (row: number) => readonly number[],
): Teacher {
  return {
    kind: "teacher",
    problems: [],
    answers: (rows, isKnown) => {
      const values = new Float32Array(rows.length * classes);
      const places = placesOf(rows, isAnswered);
      const shares = new Float64Array(places.length * classes);
      for (const [i, place] of places.entries()) {
        const logits = logitsOf(at(rows, place));
        values.set(logits, place * classes);
        shares.set(softmax(logits), i * classes);
      }
      const fields = fieldsOf(rows, isKnown, isAnswered, classes, values);
      const prediction = decodeClasses(classes, shares);
      return { fields, places, prediction, scores: scored ? shares : null };
    },
  };
}

/** Whether a row has a value in all of them. */
export function answeredBy(columns: readonly Column[]): (row: number) => boolean {
  return (row) => columns.every((column) => !lacksValue(column, row));
}

function placesOf(rows: Int32Array, isAnswered: (row: number) => boolean): Int32Array {
  return Int32Array.from([...rows.keys()].filter((place) => isAnswered(at(rows, place))));
}

function fieldsOf(
  rows: Int32Array,
  isKnown: (row: number) => boolean,
  isAnswered: (row: number) => boolean,
  width: number,
  values: Float32Array,
): readonly Field[] {
  const answered = new Float32Array(2 * rows.length);
  for (const [i, row] of rows.entries()) {
    answered[2 * i] = isKnown(row) ? 1 : 0;
    answered[2 * i + 1] = isAnswered(row) ? 1 : 0;
  }
  return [
    { name: TEACHER, width, data: values },
    { name: ANSWERED, width: 2, data: answered },
  ];
}
