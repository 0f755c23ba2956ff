// The two sheets that people look at: one to fill in, and one that tells whether the program that has opened the workbook computes
// as Netwright does.

import { at } from "@netwright/definitions";
import { originalNumbers } from "../check.ts";
import type { PortableColumn } from "../model/columns.ts";
import { widthOf } from "../model/outputs.ts";
import type { PortableModel } from "../model/portable-model.ts";
import type { SampleRow } from "../model/samples.ts";
import { takenWords } from "../model/taken.ts";
import { type Book, FIRST_ROW, HEAD_ROW } from "./book.ts";
import type { Given, Prepared } from "./cells.ts";
import type { ContractCells } from "./contract.ts";
import { LOOKS, SHARE } from "./looks.ts";
import type { Told, ToldColumn } from "./outputs.ts";
import { areaOf, type Block, columnIn, columnName, quotedText, referenceTo, rowsIn } from "./references.ts";
import type { Sheet } from "./sheet.ts";
import type { WordList } from "./words.ts";

const HINT_ROW = HEAD_ROW - 1;
/** Where each of the two says how far apart the answers are. */
const VERDICT_ROW = 3;

export interface Pages {
  readonly predict: Sheet;
  readonly check: Sheet | null;
  readonly given: Given;
}

/** The sheets, with cells to fill in, before anything computes: they stand first. */
export function pagesOf(book: Book, model: PortableModel, filled: readonly SampleRow[]): Pages {
  const { name, version, columns, samples } = model;
  const predict = book.sheet("Predict");
  predict.tab = "1F3864";
  predict.frozen = HEAD_ROW;
  predict.text(1, 1, `${name}: a model of Netwright ${version}`, LOOKS.title);
  predict.text(
    2,
    1,
    `Fill in the yellow cells, or paste the values of up to ${book.typed.toLocaleString("en")} rows. What is predicted stands beside them.`,
    LOOKS.about,
  );
  predict.height(HINT_ROW, 52);
  predict.height(HEAD_ROW, 30);
  columns.forEach((column, j) => {
    predict.text(HINT_ROW, j + 1, hintOf(column), LOOKS.hint);
    predict.text(HEAD_ROW, j + 1, headingOf(column), LOOKS.heading);
    predict.column(j + 1, widthIn(column));
    const look = column.kind === "words" ? LOOKS.word : LOOKS.number;
    for (let i = 0; i < book.typed; i++) put(predict, FIRST_ROW + i, j + 1, column, filled[i], look);
  });
  predict.column(columns.length + 1, 3);
  const typed = blockOf(predict, book.typed, columns.length);
  if (book.sampled === 0) return { predict, check: null, given: { typed, samples: null } };
  const check = book.sheet("Check");
  check.tab = "1E7B34";
  check.frozen = HEAD_ROW;
  check.text(1, 1, "Check", LOOKS.title);
  check.text(
    2,
    1,
    "Sample rows, made of what the model knows of its columns, with the answers of Netwright and of the program that has opened this workbook",
    LOOKS.about,
  );
  columns.forEach((column, j) => {
    check.text(HEAD_ROW, j + 1, headingOf(column), LOOKS.heading);
    check.column(j + 1, widthIn(column));
    const look = column.kind === "words" ? { format: "@" } : LOOKS.plain;
    samples.rows.forEach((row, i) => {
      put(check, FIRST_ROW + i, j + 1, column, row, look);
    });
  });
  check.height(HEAD_ROW, 30);
  check.column(columns.length + 1, 3);
  return { predict, check, given: { typed, samples: blockOf(check, book.sampled, columns.length) } };
}

function blockOf({ name: sheet }: Sheet, rows: number, columns: number): Block {
  return { sheet, row: FIRST_ROW, column: 1, rows, columns };
}

function headingOf(column: PortableColumn): string {
  return column.kind === "number" && column.unit !== null ? `${column.name} (${column.unit})` : column.name;
}

function widthIn(column: PortableColumn): number {
  const words = column.kind === "words" && column.coding.kind !== "other" ? column.coding.words : [];
  const longest = Math.max(0, ...words.map((word) => word.length));
  return Math.min(Math.max(11, longest + 3, Math.ceil(headingOf(column).length * 0.75) + 2), 30);
}

function put(
  sheet: Sheet,
  row: number,
  column: number,
  { name, kind }: PortableColumn,
  sample: SampleRow | undefined,
  look: Parameters<Sheet["put"]>[3],
): void {
  const value = sample?.values[name] ?? null;
  if (value === null || value === "") sheet.put(row, column, null, look);
  else if (kind === "words" || typeof value === "string") sheet.text(row, column, String(value), look);
  else sheet.number(row, column, value, look);
}

/** What may stand in a cell of the column. */
function hintOf(column: PortableColumn): string {
  const empty = column.missing.kind === "refused" ? [] : ["may be empty"];
  if (column.kind === "words") {
    const known = column.coding.kind === "other" ? [] : column.coding.words.filter((word) => word !== "");
    const told = known.slice(0, 6).join(", ");
    const others = takenWords(column) === null ? ["or another word"] : [];
    return [known.length > 6 ? `${told} ...` : told, ...others, ...empty].join("; ");
  }
  if (column.holds === "truth values") return ["TRUE or FALSE", ...empty].join("; ");
  const { min, max } = column;
  const range =
    min !== null && max !== null
      ? `${min} to ${max}`
      : min !== null
        ? `${min} or more`
        : max !== null
          ? `${max} or less`
          : "a number";
  return [range, ...(column.holds === "whole numbers" ? ["whole"] : []), ...empty].join("; ");
}

/** What is predicted, beside what is filled in. */
export function finishPredict(
  book: Book,
  { predict, check }: Pages,
  columns: readonly PortableColumn[],
  lists: ReadonlyMap<string, WordList>,
  { isPredicted, problem }: Prepared,
  told: Told,
): void {
  const typed = (block: Block) => referenceTo(rowsIn(block, 0, book.typed));
  let column = columns.length + 2;
  predict.text(HINT_ROW, column, "predicted", LOOKS.group);
  const place = (heading: string, look: ToldColumn["look"], width: number, formula: string) => {
    predict.text(HEAD_ROW, column, heading, LOOKS.given);
    predict.column(column, width);
    for (let i = 0; i < book.typed; i++) predict.put(FIRST_ROW + i, column, null, look);
    book.array(predict, { row: FIRST_ROW, column, rows: book.typed, columns: 1 }, formula, look);
    column++;
  };
  for (const { heading, look, width, values } of told.columns)
    place(heading, look, width, `IF(${typed(isPredicted)}=1,${typed(values)},"")`);
  place("why there is no prediction", LOOKS.problem, 46, typed(problem));
  columns.forEach((own, j) => {
    validate(book, predict, own, j + 1, lists.get(own.name));
  });
  if (check === null) return;
  const difference = referenceTo({ sheet: check.name, row: VERDICT_ROW, column: 1, rows: 1, columns: 1 });
  predict.formula(VERDICT_ROW, 1, difference, LOOKS.good);
}

function validate(
  book: Book,
  sheet: Sheet,
  column: PortableColumn,
  place: number,
  list: WordList | undefined,
): void {
  const area = areaOf({ row: FIRST_ROW, column: place, rows: book.typed, columns: 1 });
  if (column.kind === "words") {
    if (list === undefined || list.choices === null) return;
    const isClosed = list.places.rows === list.words.rows;
    sheet.validate({
      area,
      rule: { type: "list", source: referenceTo(list.choices) },
      error: isClosed ? `${column.name} is one of the words of the list.` : null,
    });
    return;
  }
  if (column.holds === "truth values") {
    sheet.validate({ area, rule: { type: "list", source: '"TRUE,FALSE"' }, error: null });
    return;
  }
  const { min, max, holds } = column;
  const type = holds === "whole numbers" ? "whole" : "decimal";
  const operator = min === null ? "lessThanOrEqual" : max === null ? "greaterThanOrEqual" : "between";
  const bounds = [min, max].filter((bound) => bound !== null);
  if (bounds.length === 0) return;
  sheet.validate({ area, rule: { type, operator, bounds }, error: `${column.name}: ${hintOf(column)}.` });
}

/** Answers of both beside the sample rows, and the largest difference. */
export function finishCheck(
  book: Book,
  { check }: Pages,
  { columns, outputs, samples }: PortableModel,
  contract: ContractCells,
  told: Told,
): void {
  if (check === null) return;
  const count = book.sampled;
  const width = widthOf(outputs);
  const own = originalNumbers(outputs, samples.given);
  const ofSamples = (block: Block) => rowsIn(block, book.typed, count);
  const start = columns.length + 2;
  const labels =
    outputs.kind === "numbers"
      ? outputs.columns.map(({ name }) => name)
      : outputs.kind === "classes"
        ? outputs.words
        : [];
  const look = (j: number) => (outputs.kind === "numbers" ? at(told.columns, j).look : SHARE);
  check.text(HINT_ROW, start, "Netwright", LOOKS.group);
  check.text(HINT_ROW, start + width, "here", LOOKS.group);
  labels.forEach((label, j) => {
    for (const side of [0, width]) {
      check.text(HEAD_ROW, start + side + j, label, LOOKS.given);
      check.column(start + side + j, Math.min(Math.max(13, label.length + 3), 30));
    }
    for (let i = 0; i < count; i++)
      check.number(FIRST_ROW + i, start + j, own[i * width + j] ?? Number.NaN, look(j));
    const here = { row: FIRST_ROW, column: start + width + j, rows: count, columns: 1 };
    for (let i = 0; i < count; i++) check.put(FIRST_ROW + i, here.column, null, look(j));
    book.array(check, here, referenceTo(ofSamples(columnIn(told.given, j))), look(j));
  });
  const difference = start + 2 * width;
  check.text(HEAD_ROW, difference, "difference", LOOKS.given);
  check.column(difference, 13, { format: "0.0E+00" });
  const side = (j: number, i: number) => `${columnName(start + j)}${FIRST_ROW + i}`;
  for (let i = 0; i < count; i++) {
    const apart = labels.map((_, j) => {
      const distance = `ABS(${side(j, i)}-${side(width + j, i)})`;
      return outputs.kind === "numbers" ? `${distance}/${at(contract.targets, j).scale}` : distance;
    });
    check.formula(FIRST_ROW + i, difference, largestOf(apart), { format: "0.0E+00" });
  }
  const differences = areaOf({ row: FIRST_ROW, column: difference, rows: count, columns: 1 });
  const others =
    told.word === null || outputs.kind !== "classes"
      ? null
      : wordsIn(book, check, difference + 1, outputs.name, samples.answers, ofSamples(told.word));
  check.formula(
    VERDICT_ROW,
    1,
    verdictOf(`MAX(${differences})`, others, outputs.kind === "numbers"),
    LOOKS.good,
  );
}

/** In groups: a function has no more than 255 arguments. */
function largestOf(terms: readonly string[]): string {
  if (terms.length <= GROUP) return `MAX(${terms.join(",")})`;
  const groups: string[] = [];
  for (let start = 0; start < terms.length; start += GROUP)
    groups.push(`MAX(${terms.slice(start, start + GROUP).join(",")})`);
  return largestOf(groups);
}

const GROUP = 100;

/** Classes of both; gives how many are others. */
function wordsIn(
  book: Book,
  check: Sheet,
  column: number,
  name: string,
  answers: PortableModel["samples"]["answers"],
  here: Block,
): string {
  ["Netwright", "here"].forEach((side, i) => {
    check.text(HINT_ROW, column + i, side, LOOKS.group);
    check.text(HEAD_ROW, column + i, name, LOOKS.given);
    check.column(column + i, 16);
  });
  answers.forEach((answer, i) => {
    check.text(FIRST_ROW + i, column, String(answer[name] ?? ""), { format: "@" });
  });
  const area = { row: FIRST_ROW, column, rows: answers.length, columns: 1 };
  book.array(check, { ...area, column: column + 1 }, referenceTo(here), LOOKS.plain);
  return `SUMPRODUCT(1-EXACT(${areaOf(area)},${areaOf({ ...area, column: column + 1 })}))`;
}

/** As far as f32 and f64 are apart. */
const TOLERANCE = 1e-5;

function verdictOf(difference: string, others: string | null, isOfNumbers: boolean): string {
  const scale = isOfNumbers ? " of the target's deviation" : "";
  const far = `TEXT(${difference},"0.0E+00")&${quotedText(scale)}`;
  const isSame =
    others === null ? `${difference}<=${TOLERANCE}` : `IF(${others}=0,${difference}<=${TOLERANCE},FALSE)`;
  const same = `"This program computes as Netwright does: sample rows differ by "&${far}&" at most (sheet Check)."`;
  const other = `"This program does not compute as Netwright does: sample rows differ by "&${far}&" (sheet Check). Do not use it."`;
  return `IFERROR(IF(${isSame},${same},${other}),"This program does not compute this workbook. Do not use it.")`;
}
