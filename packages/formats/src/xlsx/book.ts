// A workbook that computes a step at a time: each step is a block of cells with one formula, on sheets whose rows are those of the
// sheet that people fill in.

import { at } from "@netwright/definitions";
import { LOOKS, WITHIN } from "./looks.ts";
import { type Block, referenceTo } from "./references.ts";
import { Sheet } from "./sheet.ts";
import { type Style, Styles } from "./styles.ts";

/** On all sheets rows of a table begin there, below what is said of them. */
export const FIRST_ROW = 6;
/** Where it is said what a block is, and its columns are named. */
const ABOUT_ROW = 4;
export const HEAD_ROW = 5;

/** Formulas beside one another, which are a step together. */
export interface Part {
  /** Of its columns. */
  readonly labels: readonly string[];
  readonly formula: string;
  /** Of the rows of the samples, where those read other cells. */
  readonly ofSamples?: string;
}

export class Book {
  /** Rows to be filled in, and rows of samples, which lie below them on sheets that compute. */
  readonly typed: number;
  readonly sampled: number;
  readonly styles = new Styles();
  readonly #sheets: Sheet[] = [];
  /** The column behind the last one of each sheet. */
  readonly #ends = new Map<string, number>();
  #longest = 0;

  constructor(typed: number, sampled: number) {
    this.typed = typed;
    this.sampled = sampled;
  }

  get sheets(): readonly Sheet[] {
    return this.#sheets;
  }

  /** Characters of the longest formula. */
  get longest(): number {
    return this.#longest;
  }

  get rows(): number {
    return this.typed + this.sampled;
  }

  /** Under this name, or the next one that is free and may be one. */
  sheet(wanted: string): Sheet {
    const plain = wanted.replace(/[[\]:*?/\\\p{Cc}]/gu, "_").replace(/^'|'$/g, "_");
    const taken = new Set([RESERVED, ...this.#sheets.map((sheet) => sheet.name.toLowerCase())]);
    let name = plain.slice(0, LONGEST_NAME);
    for (let i = 2; taken.has(name.toLowerCase()) || name === ""; i++)
      name = `${plain.slice(0, LONGEST_NAME - 5)} ${i}`;
    const sheet = new Sheet(name, this.styles);
    this.#sheets.push(sheet);
    return sheet;
  }

  /** A sheet of steps. */
  steps(wanted: string, title: string, about: string): Sheet {
    const sheet = this.sheet(wanted);
    sheet.text(1, 1, title, LOOKS.title);
    sheet.text(2, 1, about, LOOKS.about);
    sheet.frozen = HEAD_ROW;
    return sheet;
  }

  /** One formula for each of the parts, over all rows; `look` is how the numbers look. */
  step(sheet: Sheet, about: string, parts: readonly Part[], look: Style = WITHIN): Block {
    const block = this.#place(
      sheet,
      about,
      parts.flatMap(({ labels }) => labels),
      look,
    );
    let { column } = block;
    for (const { labels, formula, ofSamples } of parts) {
      const own = { row: FIRST_ROW, column, rows: this.rows, columns: labels.length };
      if (ofSamples === undefined) this.array(sheet, own, formula, look);
      else {
        this.array(sheet, { ...own, rows: this.typed }, formula, look);
        if (this.sampled > 0)
          this.array(sheet, { ...own, row: FIRST_ROW + this.typed, rows: this.sampled }, ofSamples, look);
      }
      column += labels.length;
    }
    return block;
  }

  /** A column with a formula for each row by itself; `index` counts rows from 0. */
  byRow(sheet: Sheet, about: string, label: string, formulaOf: (index: number) => string): Block {
    const block = this.#place(sheet, about, [label], LOOKS.plain);
    for (let i = 0; i < this.rows; i++) {
      const formula = formulaOf(i);
      this.#longest = Math.max(this.#longest, formula.length);
      sheet.formula(FIRST_ROW + i, block.column, formula);
    }
    return block;
  }

  /** One formula for all cells of the block. */
  array(sheet: Sheet, block: Omit<Block, "sheet">, formula: string, look: Style): void {
    this.#longest = Math.max(this.#longest, formula.length);
    sheet.array(block, formula, look);
  }

  #place(sheet: Sheet, about: string, labels: readonly string[], look: Style): Block {
    const column = this.#ends.get(sheet.name) ?? 1;
    sheet.text(ABOUT_ROW, column, about, LOOKS.group);
    labels.forEach((label, j) => {
      sheet.text(HEAD_ROW, column + j, label, LOOKS.label);
      // What a block is stands above its first column, and goes on above the others.
      const longest = labels.length === 1 ? Math.max(label.length, about.length) : label.length;
      sheet.column(column + j, Math.min(Math.max(9, longest + 2), 28), look);
    });
    sheet.column(column + labels.length, 3);
    this.#ends.set(sheet.name, column + labels.length + 1);
    return { sheet: sheet.name, row: FIRST_ROW, column, rows: this.rows, columns: labels.length };
  }
}

const LONGEST_NAME = 31;
/** Excel keeps it for itself. */
const RESERVED = "history";

/** Labels of numbers that have no name. */
export function counted(count: number): readonly string[] {
  return Array.from({ length: count }, (_, i) => String(i + 1));
}

/** The block of a step by its place. */
export function referenceAt(made: readonly Block[], place: number): string {
  return referenceTo(at(made, place));
}
