// What a draft says of its columns, a line each: the type, and the range or the words as a comment.

import type { ColumnSummary } from "@netwright/data";
import { count, grouped, oneLine } from "@netwright/definitions";
import { spellColumn, stringText } from "@netwright/lang";
import { emptyCells, namedWords } from "./about-words.ts";
import type { Plan } from "./draft-net.ts";
import { MOST_DESCRIBED } from "./draft-size.ts";
import type { Pictures } from "./find-pictures.ts";
import type { Recipe } from "./recipes/recipe.ts";
import { hasLongTail } from "./tail.ts";

/** Where a larger share of a column is missing, that it is may say something. */
const MANY_GAPS = 0.1;
/** A label of fewer rows may be in none of the training rows, unless it is stated. */
const RARE_LABEL = 10;

/** A row without its target teaches nothing; the bounds are those that training and predicting hold values to. */
export function columnLines(plan: Plan, recipe: Recipe): string[] {
  const { features, inTexts, pictures } = plan;
  // Words are nothing to a network until they are described.
  const described = features
    .filter(({ name, type }) => type === "text" || inTexts.has(name) || features.length <= MOST_DESCRIBED)
    .map((column) => featureLine(plan, column, recipe));
  const own = [...(pictures === null ? [] : [pictureLine(pictures)]), ...targetLines(plan, recipe)];
  if (described.length + own.length === 0) return [];
  return [
    described.length === 0
      ? "columns {"
      : "columns {  # what training and predicting accept; the ranges of this table are in the comments",
    ...described,
    ...own,
    "}",
  ];
}

function pictureLine({ name, pattern, columns, height, width, channels, max, about }: Pictures): string {
  const without = pattern === null ? (columns[0]?.missing ?? 0) : 0;
  const args = [
    height,
    width,
    ...(channels === 1 ? [] : [`channels: ${channels}`]),
    ...(pattern === null ? [] : [`columns: ${stringText(pattern)}`]),
    ...(max === 255 ? [] : [`max: ${max}`]),
    ...(without === 0 ? [] : ["missing: drop"]),
  ];
  const unused =
    without === 0 ? "" : `; ${count(without, "row")} without one ${without === 1 ? "is" : "are"} not used`;
  return `${spellColumn(name)}: image(${args.join(", ")})  # ${about}${unused}`;
}

/** How many numbers the features become, about. */
export function inputsOf({
  features,
  categories,
  typed,
}: Pick<Plan, "features" | "categories" | "typed">): number {
  return features.reduce(
    (sum, { name }) => sum + (categories.get(name) ?? typed.get(name) ?? { width: 1 }).width,
    0,
  );
}

/** What the comment behind the target says of it. */
export function targetAbout({ target, task, classes, typed }: Plan): string {
  const kind = typed.get(target.name);
  if (task === "labels" && kind?.kind === "labels" && kind.about !== null) return kind.about;
  if (task !== "classes" && task !== "labels") return range(target);
  return `${classes.length === 1 ? "1 class" : `${grouped(classes.length)} classes`}: ${namedWords(classes)}${emptyCells(target.missing)}`;
}

/** Where nothing is to be said of it, the target is what its loss takes it for. */
function targetLines({ target, task, typed, inTexts }: Plan, { clamps }: Recipe): string[] {
  const gaps = `${count(target.missing, "row")} without a target ${target.missing === 1 ? "is" : "are"} not used`;
  const spelled = spellColumn(target.name);
  const kind = typed.get(target.name);
  const drop = target.missing > 0 ? ["missing: drop"] : [];
  const note = target.missing > 0 ? `  # ${gaps}` : "";
  if (task === "labels") {
    const listed = kind?.kind === "labels" ? kind.listed : null;
    const isRare = listed?.labels.some(({ rows }) => rows < RARE_LABEL) ?? false;
    const args = [
      ...(isRare && listed
        ? [`values: [${listed.labels.map(({ word }) => stringText(word)).join(", ")}]`]
        : []),
      ...(listed === null || listed.separator === "|" ? [] : [`separator: ${stringText(listed.separator)}`]),
    ];
    const about = target.missing > 0 ? `  # ${count(target.missing, "row")} without a label` : "";
    return [`${spelled}: labels${args.length === 0 ? "" : `(${args.join(", ")})`}${about}`];
  }
  if (task !== "classes") {
    const held = clamps ? ["scale: zscore", "clamp: true"] : [];
    const args = [...held, ...drop];
    const notes = [
      ...(clamps ? ["no prediction lies outside of what training has seen"] : []),
      ...(target.missing > 0 ? [gaps] : []),
    ];
    if (args.length > 0) return [`${spelled}: number(${args.join(", ")})  # ${notes.join("; ")}`];
    return inTexts.has(target.name) ? [`${spelled}: number`] : [];
  }
  const values = kind?.kind === "ordered" ? [`values: [${kind.order.map(stringText).join(", ")}]`] : [];
  const args = [...values, ...drop];
  if (args.length > 0) return [`${spelled}: category(${args.join(", ")})${note}`];
  // Whole numbers are words without a word; others have to be said to be some.
  return target.type === "number" && target.pattern === null ? [`${spelled}: category`] : [];
}

function featureLine(plan: Plan, column: ColumnSummary, { scale }: Recipe): string {
  const spelled = spellColumn(column.name);
  const typed = plan.typed.get(column.name);
  if (typed !== undefined) return `${spelled}: ${typed.type}  # ${typed.about ?? wordsOf(plan, column)}`;
  const category = plan.categories.get(column.name);
  if (category !== undefined) {
    const args = [
      ...(category.encoder === null ? [] : [`encoder: ${category.encoder}`]),
      ...(category.missing === null ? [] : [`missing: ${category.missing}`]),
    ];
    return `${spelled}: category${args.length === 0 ? "" : `(${args.join(", ")})`}  # ${category.about}`;
  }
  const isGappy = column.missing > MANY_GAPS * plan.table.rows;
  const hasTail = scale === "zscore" && hasLongTail(plan.from, column);
  const args = [
    ...((column.min ?? -1) >= 0 ? ["min: 0"] : []),
    ...(hasTail ? ["scale: smooth_clip"] : []),
    ...(isGappy ? ["missing: median(indicator: true)"] : []),
  ];
  const why = hasTail ? "; a long tail, which is bent" : "";
  const gaps = isGappy ? "; that it is missing is told, too" : "";
  return `${spelled}: number(${args.join(", ")})  # ${range(column)}${why}${gaps}`;
}

function wordsOf({ words }: Plan, { name, missing }: ColumnSummary): string {
  const own = words.get(name) ?? [];
  return `${count(own.length, "word")}: ${oneLine(namedWords(own))}${emptyCells(missing)}`;
}

function range({ min, max, missing }: ColumnSummary): string {
  return `${short(min)} to ${short(max)}${emptyCells(missing)}`;
}

function short(value: number | null): string {
  return value === null ? "?" : String(Number(value.toPrecision(6)));
}
