// The sheet of columns: what each may hold, what stands for an empty cell, how it is scaled. Formulas read their numbers there.

import type { ScalingStep } from "@netwright/data";
import { quote } from "@netwright/definitions";
import type { NumberColumn, PortableColumn } from "../model/columns.ts";
import type { PortableOutputs } from "../model/outputs.ts";
import type { PortableModel } from "../model/portable-model.ts";
import { type Book, FIRST_ROW, HEAD_ROW } from "./book.ts";
import { LOOKS } from "./looks.ts";
import { referenceTo } from "./references.ts";
import type { Sheet } from "./sheet.ts";

export interface ColumnCells {
  /** References to cells. */
  readonly name: string;
  readonly min: string;
  readonly max: string;
  readonly fill: string;
  /** Numbers of its steps, and where they stand. */
  readonly numbers: ReadonlyMap<number, string>;
}

export interface TargetCells {
  readonly name: string;
  readonly scale: string;
  readonly numbers: ReadonlyMap<number, string>;
}

export interface ContractCells {
  readonly columns: readonly ColumnCells[];
  readonly targets: readonly TargetCells[];
  /** Of classes: the threshold and the temperature. */
  readonly threshold: string;
  readonly temperature: string;
}

const HEADS = ["column", "holds", "unit", "least", "greatest", "an empty cell", "counts as"] as const;

export function contractIn(book: Book, { columns, outputs }: PortableModel): ContractCells {
  const sheet = book.sheet("Columns");
  sheet.text(1, 1, "Columns", LOOKS.title);
  sheet.text(
    2,
    1,
    "What each column may hold, and by which steps its number is scaled for the network",
    LOOKS.about,
  );
  sheet.frozen = HEAD_ROW;
  for (const [i, width] of [26, 16, 12, 14, 14, 22, 14].entries()) sheet.column(i + 1, width);
  HEADS.forEach((head, i) => {
    sheet.text(HEAD_ROW, i + 1, head, LOOKS.heading);
  });
  sheet.text(HEAD_ROW, STEPS, "scaled by", LOOKS.heading);
  const cell = (row: number, column: number) =>
    referenceTo({ sheet: sheet.name, row, column, rows: 1, columns: 1 });
  const own = columns.map((column, i): ColumnCells => {
    const row = FIRST_ROW + i;
    columnIn(sheet, row, column);
    const steps = column.coding.kind === "steps" ? column.coding.steps : [];
    return {
      name: cell(row, 1),
      min: cell(row, 4),
      max: cell(row, 5),
      fill: cell(row, 7),
      numbers: stepsIn(sheet, row, steps, cell),
    };
  });
  const start = FIRST_ROW + columns.length + 3;
  return { columns: own, ...targetsIn(sheet, start, outputs, cell) };
}

const MIDDLE = { align: "center" } as const;
/** Where steps begin: their names and numbers, beside one another. */
const STEPS = 8;

function columnIn(sheet: Sheet, row: number, column: PortableColumn): void {
  sheet.text(row, 1, column.name);
  sheet.text(row, 2, column.kind === "words" ? "words" : column.holds);
  if (column.kind === "number") boundsIn(sheet, row, column);
  const { missing } = column;
  switch (missing.kind) {
    case "refused":
      sheet.text(row, 6, "is refused", MIDDLE);
      break;
    case "own_word":
      sheet.text(row, 6, "is a word of its own", MIDDLE);
      break;
    case "filled":
      sheet.text(row, 6, missing.indicator ? "is filled in, and told" : "is filled in", MIDDLE);
      if (typeof missing.by === "number") sheet.number(row, 7, missing.by);
      else sheet.text(row, 7, missing.by);
  }
}

function boundsIn(sheet: Sheet, row: number, { unit, min, max }: NumberColumn): void {
  if (unit !== null) sheet.text(row, 3, unit);
  if (min !== null) sheet.number(row, 4, min);
  if (max !== null) sheet.number(row, 5, max);
}

const STEP_WORDS: { readonly [K in ScalingStep["kind"]]: string } = {
  add: "add",
  subtract: "subtract",
  multiply: "times",
  divide: "divided by",
  at_least: "at least",
  at_most: "at most",
  smooth_clip: "bent within",
  smooth_unclip: "bent back from",
  log_plus_one: "ln(x + 1)",
  exponential_minus_one: "exp(x) - 1",
};

function stepsIn(
  sheet: Sheet,
  row: number,
  steps: readonly ScalingStep[],
  cell: (row: number, column: number) => string,
): ReadonlyMap<number, string> {
  const numbers = new Map<number, string>();
  steps.forEach((step, i) => {
    const column = STEPS + 2 * i;
    sheet.text(row, column, STEP_WORDS[step.kind], MIDDLE);
    sheet.column(column, 14);
    sheet.column(column + 1, 20);
    if (!("by" in step)) return;
    sheet.number(row, column + 1, step.by);
    numbers.set(step.by, cell(row, column + 1));
  });
  return numbers;
}

function targetsIn(
  sheet: Sheet,
  start: number,
  outputs: PortableOutputs,
  cell: (row: number, column: number) => string,
): Omit<ContractCells, "columns"> {
  const heads = (words: readonly string[]) => {
    sheet.text(start - 2, 1, "What is predicted", LOOKS.group);
    words.forEach((head, i) => {
      sheet.text(start - 1, i + 1, head, LOOKS.heading);
    });
  };
  if (outputs.kind === "numbers") {
    heads(["target", "", "unit", "deviation"]);
    sheet.text(start - 1, STEPS, "turned back by", LOOKS.heading);
    const targets = outputs.columns.map(({ name, unit, scale, inverse }, i) => {
      const row = start + i;
      sheet.text(row, 1, name);
      if (unit !== null) sheet.text(row, 3, unit);
      sheet.number(row, 4, scale);
      return {
        name: cell(row, 1),
        scale: cell(row, 4),
        numbers: stepsIn(sheet, row, inverse ?? [], cell),
      };
    });
    return { targets, threshold: "", temperature: "" };
  }
  if (outputs.kind !== "classes") throw new Error(`${quote(outputs.kind)} are refused`);
  heads(["target", "", "", "threshold", "temperature"]);
  sheet.text(start, 1, outputs.name);
  if (outputs.threshold !== null) sheet.number(start, 4, outputs.threshold);
  if (outputs.temperature !== null) sheet.number(start, 5, outputs.temperature);
  return { targets: [], threshold: cell(start, 4), temperature: cell(start, 5) };
}
