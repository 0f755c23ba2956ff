// From the cells that are filled in to the numbers that the network takes, and what is wrong with a row that is none.

import { at } from "@netwright/definitions";
import { LARGEST_FLOAT32 } from "@netwright/ir/numerics";
import { formulasOf } from "../dense/scaling.ts";
import type { NumberColumn, PortableColumn, WordColumn } from "../model/columns.ts";
import type { PortableModel } from "../model/portable-model.ts";
import { takenWords } from "../model/taken.ts";
import { arithmeticWith, numberText } from "./arithmetic.ts";
import { type Book, counted } from "./book.ts";
import type { ColumnCells, ContractCells } from "./contract.ts";
import { LOOKS } from "./looks.ts";
import { type Block, columnIn, quotedText, referenceTo, rowsIn } from "./references.ts";
import type { WordList } from "./words.ts";

/** The cells that are filled in, [rows x columns]: by whoever uses the workbook, and by samples. */
export interface Given {
  readonly typed: Block;
  readonly samples: Block | null;
}

export interface Prepared {
  /** The numbers that go into the network, of a row that is not predicted 0 or whatever these give. */
  readonly input: Block;
  /** 1 for a row that is predicted, else 0. */
  readonly isPredicted: Block;
  /** Why a row is not; empty where it is, or has no cell. */
  readonly problem: Block;
}

/** A column, and its cells at each stage. */
interface Stage {
  readonly column: PortableColumn;
  readonly cells: ColumnCells;
  readonly list: WordList | undefined;
  /** As it is filled in, with the empty text for an empty cell. */
  readonly x: string;
}

export function prepared(
  book: Book,
  { columns, missingWords }: PortableModel,
  contract: ContractCells,
  lists: ReadonlyMap<string, WordList>,
  given: Given,
): Prepared {
  const names = columns.map(({ name }) => name);
  const sheet = book.steps(
    "Cells",
    "Cells",
    "What is filled in, read and checked. A row with anything wrong goes through the network as zeros, and has no prediction",
  );
  const read = (block: Block) => `IF(ISBLANK(${referenceTo(block)}),"",${referenceTo(block)})`;
  const { typed, samples } = given;
  const all = book.step(
    sheet,
    "What is filled in",
    [{ labels: names, formula: read(typed), ...(samples === null ? {} : { ofSamples: read(samples) }) }],
    LOOKS.plain,
  );
  const isUsed = book.byRow(sheet, "Is anything?", "1 = yes", (index) => {
    const own =
      samples === null || index < book.typed
        ? rowsIn(typed, index, 1)
        : rowsIn(samples, index - book.typed, 1);
    return `IF(COUNTA(${referenceTo(own)})>0,1,0)`;
  });
  const stages = columns.map(
    (column, j): Stage => ({
      column,
      cells: at(contract.columns, j),
      list: lists.get(column.name),
      x: referenceTo(columnIn(all, j)),
    }),
  );
  const meant = book.step(
    sheet,
    "As a number, or the place of a word",
    stages.map((stage, j) => ({
      labels: [at(names, j)],
      formula: meaningOf(stage),
    })),
  );
  const own = (block: Block, j: number) => referenceTo(columnIn(block, j));
  const missing = book.step(
    sheet,
    "Is it missing? 1 = yes",
    stages.map((stage, j) => ({
      labels: [at(names, j)],
      formula: missingOf(stage, own(meant, j), missingWords),
    })),
    LOOKS.plain,
  );
  const start = missing.column + missing.columns + 1;
  const problems = book.step(
    sheet,
    "What is wrong with the row, up to this column",
    stages.map((stage, j) => {
      const wrong = problemOf(stage, own(meant, j), own(missing, j));
      const before = referenceTo({ ...missing, column: start + j - 1, columns: 1 });
      return {
        labels: [at(names, j)],
        formula:
          j === 0
            ? `IF(${referenceTo(isUsed)}=0,"",${wrong})`
            : `IF(${referenceTo(isUsed)}=0,"",IF(LEN(${before})>0,${before},${wrong}))`,
      };
    }),
    LOOKS.plain,
  );
  const problem = columnIn(problems, columns.length - 1);
  const isPredicted = book.step(
    sheet,
    "Is it predicted?",
    [
      {
        labels: ["1 = yes"],
        formula: `IF(${referenceTo(isUsed)}=1,IF(LEN(${referenceTo(problem)})=0,1,0),0)`,
      },
    ],
    LOOKS.plain,
  );
  const values = book.step(
    sheet,
    "What goes on",
    stages.map((stage, j) => ({
      labels: [at(names, j)],
      formula: `IF(${referenceTo(isPredicted)}=1,${valueFor(stage, own(meant, j), own(missing, j))},0)`,
    })),
  );
  return {
    isPredicted,
    problem,
    input: scaled(book, stages, missing, values),
  };
}

/** Of what is no number, no truth value, no word: 0, -1 and 0. */
function meaningOf({ column, list, x }: Stage): string {
  if (list !== undefined) {
    const isOne = `IFERROR(IF(EXACT(${x},TRANSPOSE(${referenceTo(list.words)})),1,0),0)`;
    return `MMULT(${isOne},${referenceTo(list.taken)})`;
  }
  if (column.kind === "number" && column.holds === "truth values") {
    const text = (yes: string, no: string) =>
      `IF(EXACT(LOWER(${x}),${quotedText(yes)}),1,IF(EXACT(LOWER(${x}),${quotedText(no)}),0,-1))`;
    const number = `IF(${x}=1,1,IF(${x}=0,0,-1))`;
    return `IF(ISERROR(${x}),-1,IF(${x}=TRUE,1,IF(${x}=FALSE,0,IF(ISNUMBER(${x}),${number},${text("true", "false")}))))`;
  }
  return `IF(ISNUMBER(${x}),${x},0)`;
}

function missingOf({ column, x }: Stage, meant: string, missingWords: readonly string[]): string {
  const isUnknown =
    column.kind === "words" && column.coding.kind !== "other" && column.coding.unknown === "missing";
  const unknown = isUnknown ? `IF(${meant}=0,1,0)` : "0";
  const words = missingWords.flatMap((word) => {
    const text = word.trim();
    if (text === "") return [];
    return column.kind === "number" && Number.isFinite(Number(text))
      ? [`(${x}=${numberText(Number(text))})`, `EXACT(${x},${quotedText(text)})`]
      : [`EXACT(${x},${quotedText(text)})`];
  });
  // In Excel a truth value by itself is more than any number.
  const stated = words.length === 0 ? unknown : `IF(0+${words.join("+")}>0,1,${unknown})`;
  return `IF(ISERROR(${x}),${isUnknown ? 1 : 0},IF(LEN(TRIM(${x}))=0,1,${stated}))`;
}

/** The empty text where nothing is. */
function problemOf({ column, cells, x }: Stage, meant: string, missing: string): string {
  const says = (words: string) => `${cells.name}&${quotedText(` ${words}`)}`;
  const empty = column.missing.kind === "refused" ? says("is empty") : '""';
  const checks: readonly (readonly [test: string, words: string])[] =
    column.kind === "number"
      ? numberChecks(column, cells, x, meant, says)
      : takenWords(column) === null
        ? []
        : [[`${meant}=0`, says("has a word that the model does not know")]];
  const first = checks.reduceRight((otherwise, [test, words]) => `IF(${test},${words},${otherwise})`, '""');
  return `IF(${missing}=1,${empty},${first})`;
}

function numberChecks(
  { holds, min, max, coding }: NumberColumn,
  cells: ColumnCells,
  x: string,
  meant: string,
  says: (words: string) => string,
): readonly (readonly [test: string, words: string])[] {
  if (holds === "truth values") return [[`${meant}<0`, says("is neither true nor false")]];
  const isLogarithm = coding.kind === "steps" && coding.steps[0]?.kind === "log_plus_one";
  return [
    [`ISNUMBER(${x})=FALSE`, says("is no number")],
    [`ABS(${meant})>${numberText(LARGEST_FLOAT32)}`, says("is too large")],
    ...(min === null ? [] : [[`${meant}<${cells.min}`, `${says("is below ")}&${cells.min}`] as const]),
    ...(max === null ? [] : [[`${meant}>${cells.max}`, `${says("is above ")}&${cells.max}`] as const]),
    ...(holds === "whole numbers" ? [[`${meant}<>INT(${meant})`, says("is no whole number")] as const] : []),
    ...(isLogarithm ? [[`${meant}<=-1`, says("is not above -1")] as const] : []),
  ];
}

/** A number in original units, or the place of a word. */
function valueFor({ column, cells, list }: Stage, meant: string, missing: string): string {
  if (list === undefined || column.kind === "number")
    return column.missing.kind === "filled" ? `IF(${missing}=1,${cells.fill},${meant})` : meant;
  const known = `IF(${meant}=0,${list.others},${meant})`;
  const instead = fillOf(column);
  if (instead === null) return known;
  const place = list.placeOf(instead);
  return `IF(${missing}=1,${place === 0 ? list.others : place},${known})`;
}

function fillOf({ missing }: WordColumn): string | null {
  return missing.kind === "filled" ? missing.by : missing.kind === "own_word" ? "" : null;
}

/** In the order in which the network takes them. */
function scaled(book: Book, stages: readonly Stage[], missing: Block, values: Block): Block {
  const sheet = book.steps(
    "Input",
    "Input",
    "The numbers that the network takes: numbers scaled, words as numbers",
  );
  const parts = stages
    .flatMap(({ column, cells, list }, j) => {
      const x = referenceTo(columnIn(values, j));
      const own = list === undefined ? numberPart(column, cells, x) : wordPart(column, list, x);
      const isTold = column.missing.kind === "filled" && column.missing.indicator;
      const place = column.place.at;
      return [
        { place, ...own },
        ...(isTold
          ? [
              {
                place: place + own.labels.length,
                labels: [`${column.name} is missing`],
                formula: `${referenceTo(columnIn(missing, j))}+0`,
              },
            ]
          : []),
      ];
    })
    .sort((a, b) => a.place - b.place);
  return book.step(sheet, "The numbers of the network", parts);
}

function numberPart(column: PortableColumn, { numbers }: ColumnCells, x: string) {
  const steps = column.coding.kind === "steps" ? column.coding.steps : [];
  const formula = formulasOf(arithmeticWith(numbers), steps).reduce((sofar, next) => next(sofar), x);
  return { labels: [column.name], formula };
}

function wordPart({ coding, name }: PortableColumn, list: WordList, x: string) {
  if (coding.kind === "one_hot") {
    const places = referenceTo(rowsIn(list.places, 0, coding.words.length));
    const labels = coding.words.map((word) => `${name}: ${word === "" ? "empty" : word}`);
    return { labels, formula: `IF(${x}=TRANSPOSE(${places}),1,0)` };
  }
  const { numbers, places } = list;
  if (numbers === null) throw new Error(`${coding.kind} is refused`);
  return {
    labels: counted(numbers.columns).map((label) => `${name} ${label}`),
    formula: `MMULT(IF(${x}=TRANSPOSE(${referenceTo(places)}),1,0),${referenceTo(numbers)})`,
  };
}
