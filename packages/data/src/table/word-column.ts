// A column as words, whatever it was read as: a column of codes such as 1, 2 and 3 has no text in it. A number is
// spelled in one way, so that `1` and `1.0` are one word, in a table as in a record of a program.

import { StoredTextColumn } from "../storage/stored-columns.ts";
import { type NumberFormat, numberReader } from "./number-text.ts";
import type { Column, TextColumn } from "./table.ts";

export function wordColumn(column: Column, format: NumberFormat): TextColumn {
  const { name } = column;
  return column.kind === "number" ? ofNumbers(name, column.values) : ofText(column, format);
}

/** Missing values are NaN, and have the word "". */
function ofNumbers(name: string, values: Float64Array): TextColumn {
  const list = new WordList();
  const known = new Map<number, number>();
  const codes = new Int32Array(values.length);
  for (const [row, x] of values.entries()) {
    const code = known.get(x) ?? list.add(Number.isNaN(x) ? "" : String(x));
    known.set(x, code);
    codes[row] = code;
  }
  return list.column(name, codes);
}

function ofText(column: TextColumn, format: NumberFormat): TextColumn {
  const { name, words } = column;
  const list = new WordList();
  const read = numberReader(format);
  const own = Int32Array.from(words, (word) => {
    const value = read(word);
    return list.add(typeof value === "number" && Number.isFinite(value) ? String(value) : word);
  });
  if (column instanceof StoredTextColumn) return column.source.renamed(own, list.words).column(name);
  return list.column(
    name,
    column.codes.map((code) => own[code] ?? -1),
  );
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
    const gap = this.#codes.get("");
    let gaps = 0;
    for (const code of codes) if (code === gap) gaps++;
    return { kind: "text", name, codes, words: [...this.#codes.keys()], gaps };
  }
}
