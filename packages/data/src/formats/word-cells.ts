// A column of words that come as values of which many are the same: each different one is made a word once.

import { larger } from "../scan/word-list.ts";
import type { BytesOnDisk } from "../storage/storage.ts";
import { storedTextColumn } from "../storage/stored-columns.ts";
import { textColumn } from "../table/column-from-cells.ts";
import type { NumberFormat } from "../table/number-text.ts";
import type { TextColumn } from "../table/table.ts";

export class WordCells {
  #rows = 0;
  #codes: Int32Array;
  #unwritten = false;
  readonly #words: string[] = [];
  readonly #byWord = new Map<string, number>();
  readonly #byValue = new Map<unknown, number>();

  constructor(capacity: number) {
    this.#codes = new Int32Array(capacity);
  }

  /** Whether a value that is there has no word: a date that no calendar has. */
  get unwritten(): boolean {
    return this.#unwritten;
  }

  /** Nothing, or a value and how it is written. */
  put(value: unknown, write: (value: unknown) => string): void {
    this.putCode(this.codeOf(value, write));
  }

  /** The number of what `put` with the value would put: for those whose values have numbers of their own. */
  codeOf(value: unknown, write: (value: unknown) => string): number {
    const known = this.#byValue.get(value);
    if (known !== undefined) return known;
    const there = value !== null && value !== undefined;
    const word = there ? write(value) : "";
    if (there && word === "" && value !== "") this.#unwritten = true;
    const code = this.#codeOfWord(word);
    // Objects are each their own.
    if (typeof value !== "object" || value === null) this.#byValue.set(value, code);
    return code;
  }

  putCode(code: number): void {
    const row = this.#rows++;
    if (row >= this.#codes.length) this.#codes = larger(this.#codes, Int32Array, row + 1);
    this.#codes[row] = code;
  }

  column(name: string, format: NumberFormat, disk?: BytesOnDisk): TextColumn {
    const codes = this.#codes.subarray(0, this.#rows);
    const column = textColumn(name, { codes, words: this.#words }, format);
    return disk === undefined ? column : storedTextColumn(column, disk);
  }

  #codeOfWord(word: string): number {
    const known = this.#byWord.get(word);
    if (known !== undefined) return known;
    const code = this.#words.push(word) - 1;
    this.#byWord.set(word, code);
    return code;
  }
}
