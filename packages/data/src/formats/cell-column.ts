// A column whose values come one by one, as numbers, texts or nothing. What a format calls text stays text, also where its
// letters are digits: `007` of a column of texts is no 7.

import { countOnes } from "../scan/column-reader.ts";
import { larger } from "../scan/word-list.ts";
import { type Cell, columnFromWords, textColumn } from "../table/column-from-cells.ts";
import { type NumberFormat, sentinelsOf } from "../table/number-text.ts";
import type { Column } from "../table/table.ts";

/** In place of the code of a word. */
const NUMBER = -1;
const NOTHING = -2;

export class CellColumn {
  readonly name: string;
  #rows = 0;
  #values: Float64Array;
  /** Of words, or one of the two above. */
  #codes: Int32Array;
  readonly #words = new Map<string, number>();
  #numbers = 0;

  constructor(name: string, capacity = 64) {
    this.name = name;
    this.#values = new Float64Array(capacity);
    this.#codes = new Int32Array(capacity);
  }

  get rows(): number {
    return this.#rows;
  }

  put(cell: Cell | undefined): void {
    const row = this.#rows++;
    this.#makeRoom(row + 1);
    if (cell === null || cell === undefined || Number.isNaN(cell)) this.#codes[row] = NOTHING;
    else if (typeof cell === "number") {
      this.#numbers++;
      this.#codes[row] = NUMBER;
      this.#values[row] = cell;
    } else this.#codes[row] = this.codeOf(cell);
  }

  /** The number of a word, a new one where it was not seen before: for those that have words as numbers already. */
  codeOf(word: string): number {
    const known = this.#words.get(word);
    if (known !== undefined) return known;
    const code = this.#words.size;
    this.#words.set(word, code);
    return code;
  }

  /** As `put` with the word of that number. */
  putCode(code: number): void {
    this.put(null);
    this.#codes[this.#rows - 1] = code;
  }

  /** Nothing in rows up to `rows`, which are not there yet. */
  fillTo(rows: number): void {
    if (rows <= this.#rows) return;
    this.#makeRoom(rows);
    this.#codes.fill(NOTHING, this.#rows, rows);
    this.#rows = rows;
  }

  #makeRoom(rows: number): void {
    if (rows <= this.#codes.length) return;
    this.#values = larger(this.#values, Float64Array, rows);
    this.#codes = larger(this.#codes, Int32Array, this.#values.length);
  }

  column(format: NumberFormat): Column {
    return this.#words.size === 0 ? this.#ofNumbers(format) : this.#ofWords(format);
  }

  #ofNumbers(format: NumberFormat): Column {
    const values = this.#values.subarray(0, this.#rows);
    const sentinels = sentinelsOf(format);
    const missing = new Uint8Array(this.#rows);
    for (let row = 0; row < this.#rows; row++) {
      if (this.#codes[row] === NUMBER && !sentinels.has(values[row] ?? 0)) continue;
      values[row] = Number.NaN;
      missing[row] = 1;
    }
    return { kind: "number", name: this.name, values, missing, gaps: countOnes(missing) };
  }

  #ofWords(format: NumberFormat): Column {
    const codes = this.#codes.subarray(0, this.#rows).map((code, row) => {
      if (code === NOTHING) return this.codeOf("");
      return code === NUMBER ? this.codeOf(String(this.#values[row])) : code;
    });
    const words = { codes, words: [...this.#words.keys()] };
    // Where numbers are among them, the texts may be words for missing values.
    return this.#numbers > 0
      ? columnFromWords(this.name, words, format)
      : textColumn(this.name, words, format);
  }
}
