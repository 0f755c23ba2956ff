// A column as words, whatever it was read as: a column of codes such as 1, 2 and 3 has no text in it. A number is
// spelled in one way, so that `1` and `1.0` are one word, in a table as in a record of a program. What has zeros in front is a
// code, of which they are a part, wherever words are told apart that a network is given or predicts.

import { float64At, int32At } from "@netwright/definitions";
import { StoredTextColumn } from "../storage/stored-columns.ts";
import { isCode, losesDigits } from "./codes.ts";
import { gapsIn } from "./gaps-in.ts";
import { type NumberFormat, numberReader } from "./number-text.ts";
import type { Column, TextColumn } from "./table.ts";

/** `keepsZeros` where `01067` is another word than `1067`; elsewhere, as in a split, both are the same number. */
export function wordColumn(column: Column, format: NumberFormat, keepsZeros = false): TextColumn {
  const { name } = column;
  return column.kind === "number" ? ofNumbers(name, column.values) : ofText(column, format, keepsZeros);
}

/** Missing values are NaN, and have the word "". */
function ofNumbers(name: string, values: Float64Array): TextColumn {
  const list = new WordList();
  const known = new Map<number, number>();
  const codes = new Int32Array(values.length);
  for (let row = 0; row < values.length; row++) {
    const x = float64At(values, row);
    let code = known.get(x);
    if (code === undefined) {
      code = list.add(Number.isNaN(x) ? "" : String(x));
      known.set(x, code);
    }
    codes[row] = code;
  }
  return list.column(name, codes);
}

function ofText(column: TextColumn, format: NumberFormat, keepsZeros: boolean): TextColumn {
  const { name, words } = column;
  const read = numberReader(format);
  const spelled = words.map((word) => {
    if (keepsZeros && isCode(word)) return word;
    const value = read(word);
    // A long id keeps its digits, as far as it has been read as a text.
    return typeof value === "number" && Number.isFinite(value) && !losesDigits(value) ? String(value) : word;
  });
  // Mostly no word is spelled anew: then no row is looked at.
  if (spelled.every((word, code) => word === words[code])) return column;
  const list = new WordList();
  const own = Int32Array.from(spelled, (word) => list.add(word));
  if (column instanceof StoredTextColumn) return column.source.renamed(own, list.words).column(name);
  const { codes } = column;
  const renamed = new Int32Array(codes.length);
  for (let row = 0; row < codes.length; row++) renamed[row] = int32At(own, int32At(codes, row));
  return list.column(name, renamed);
}

class WordList {
  readonly #codes = new Map<string, number>();

  add(word: string): number {
    const code = this.#codes.get(word) ?? this.#codes.size;
    this.#codes.set(word, code);
    return code;
  }

  get words(): readonly string[] {
    return [...this.#codes.keys()];
  }

  column(name: string, codes: Int32Array): TextColumn {
    const { words } = this;
    return { kind: "text", name, codes, words, gaps: gapsIn({ codes, words }) };
  }
}
