// Finds the columns a trained model needs in new data, by name and in any order.

import { count, listNames, quote, suggester } from "@netwright/definitions";
import type { RuledColumn } from "../check/check-columns.ts";
import { ruleOf } from "../check/column-rule.ts";
import type { OpenColumn, OpenEncoders } from "../fitted/open-encoders.ts";
import { isCalledPicture } from "../pictures/called-picture.ts";
import { isPicture } from "../pictures/picture-bytes.ts";
import { pictureEncoder } from "../preprocess/picture-encoder.ts";
import { type DataProblem, error, warning } from "../problem/problem.ts";
import { lackingColumns } from "../series/window-problems.ts";
import { columnNames, findColumn, type Table } from "../table/table.ts";
import { weightColumn, weightColumnRule } from "../weight/row-weights.ts";
import { withoutUnknown } from "./without-unknown.ts";

export interface MatchedColumns {
  readonly ruled: readonly RuledColumn[];
  readonly problems: readonly DataProblem[];
}

/** Features, and the targets behind them if `withTarget`. A target that is not needed is passed over in silence. */
export function matchColumns(table: Table, encoders: OpenEncoders, withTarget: boolean): MatchedColumns {
  const targetNames = encoders.target.map(({ fitted }) => fitted.name);
  const featureNames = encoders.features.map(({ fitted }) => fitted.name);
  const weight = weightColumn(encoders.fitted.weight);
  const { window } = encoders.fitted;
  const series = window === undefined ? [] : [window.order, ...window.by];
  const taken = new Set([...featureNames, ...targetNames, ...series, ...(weight === null ? [] : [weight])]);
  const extra = columnNames(table).filter((name) => !taken.has(name));
  const purpose = withTarget ? "evaluation" : "prediction";
  const ruled: RuledColumn[] = [];
  const problems: DataProblem[] = [];
  const match = (columns: readonly OpenColumn[], role: "feature" | "target") => {
    const lacks: string[] = [];
    for (const open of columns) {
      const { name } = open.fitted;
      const column = findColumn(table, name);
      if (column === undefined) lacks.push(name);
      else
        ruled.push({
          rule: ruleOf(open, role),
          column: withoutUnknown(column, open, purpose, table.numbers),
        });
    }
    const expected =
      role === "feature"
        ? `The model takes ${listNames(featureNames)}, in any order.`
        : "To evaluate, the true values are needed.";
    if (lacks.length === 0) return;
    const instead = role === "feature" ? ofPictures(table, columns, lacks) : [];
    problems.push(lacking(table, lacks, role, extra, [expected, ...instead]));
  };
  match(encoders.features, "feature");
  if (window !== undefined) problems.push(...lackingColumns(table, window));
  if (withTarget) match(encoders.target, "target");
  if (withTarget && weight !== null) {
    const column = findColumn(table, weight);
    if (column === undefined) problems.push(lackingWeight(table, weight));
    else ruled.push({ rule: weightColumnRule(weight), column });
  }
  const known = new Set(encoders.fitted.unused);
  const unexpected = extra.filter((name) => !known.has(name));
  if (unexpected.length > 0) problems.push(surplus(table, unexpected));
  return { ruled, problems };
}

function lackingWeight(table: Table, name: string): DataProblem {
  const message = `${quote(table.name)} has no column ${quote(name)}, which says what each row counts.`;
  const notes = ["The model was trained with these weights, and is measured with them."];
  return error("NW0650", message, { notes, column: name });
}

/** One problem, however many are lacking: a wrong file lacks them all. */
function lacking(
  table: Table,
  names: readonly string[],
  role: "feature" | "target",
  extra: readonly string[],
  expected: readonly string[],
): DataProblem {
  const does = role === "feature" ? "the model predicts from" : "the model predicts";
  const [first = ""] = names;
  const one = names.length === 1;
  const lack = one
    ? `has no column ${quote(first)}, which ${does}`
    : `lacks ${count(names.length, "column")} that ${does}: ${listNames(names)}`;
  const suggest = suggester(extra);
  const guesses = names.flatMap((name) => {
    const found = suggest(name);
    return found === undefined ? [] : [{ name, found }];
  });
  const guess = ({ name, found }: { name: string; found: string }) =>
    one ? `Is it the one called ${quote(found)}?` : `Is ${quote(name)} the one called ${quote(found)}?`;
  return error("NW0650", `${quote(table.name)} ${lack}.`, {
    notes: [...guesses.slice(0, GUESSES).map(guess), ...expected],
    ...(one ? { column: first } : {}),
  });
}

function isPixel({ fitted }: OpenColumn): boolean {
  return fitted.kind === "number" && fitted.image !== undefined;
}

/** The column of which the first word, where there is one, is a picture or names its file; null where there is none. */
function picturesIn({ columns }: Table): string | null {
  const found = columns.find((column) => {
    const word = column.kind === "text" ? column.words.find((one) => one !== "") : undefined;
    return word !== undefined && (isPicture(word) || isCalledPicture(word));
  });
  return found?.name ?? null;
}

/** Whoever has pictures and asks a model for what is in them. */
function ofPictures(
  table: Table,
  features: readonly OpenColumn[],
  lacks: readonly string[],
): readonly string[] {
  const given = picturesIn(table);
  if (given === null) return [];
  if (features.some(isPixel)) return [ofPixels(given)];
  const wanted = features.find(
    ({ encoder, fitted }) => encoder.name === pictureEncoder.name && lacks.includes(fitted.name),
  );
  return wanted === undefined ? [] : [byAnotherName(given, wanted.fitted.name)];
}

function byAnotherName(given: string, wanted: string): string {
  return `${quote(given)} has pictures, and the model has them in ${quote(wanted)}: it takes a table with a column ${quote(wanted)} whose cells name their files.`;
}

function ofPixels(column: string): string {
  return `${quote(column)} has pictures, and this model takes a column for each pixel. One of pictures has \`image(height, width)\` without \`columns\` in its file; one that is imported becomes that by \`netwright import FILE --columns image\`, with \`--pixels\` where no layer scales them.`;
}

/** So many names are guessed at; whoever sees these knows what to do about the others. */
const GUESSES = 5;

function surplus(table: Table, extra: readonly string[]): DataProblem {
  const few = extra.length === 1;
  return warning(
    "NW0651",
    `${quote(table.name)} has ${count(extra.length, "column")} that the model does not use: ${listNames(extra)}.`,
    { notes: [`${few ? "It is" : "They are"} ignored.`], ...(few ? { column: extra[0] } : {}) },
  );
}
