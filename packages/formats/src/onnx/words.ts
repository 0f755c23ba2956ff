// A column of words: compared with those that the model knows, in plain operations. An empty text is a missing value.

import type { WordCoding, WordColumn } from "../model/columns.ts";
import type { Piece } from "./columns.ts";
import type { GraphBuilder, Name } from "./graph-builder.ts";

type Told = Exclude<WordCoding, { readonly kind: "other" }>;

/** x is a text, [rows, 1], of windows [rows, steps, 1]. */
export function wordNumbers(g: GraphBuilder, column: WordColumn, x: Name): Piece {
  const { coding, missing } = column;
  if (coding.kind === "other") throw new Error(`${coding.encoder} is refused`);
  const isEmpty = g.op("Equal", [x, g.texts([""])]);
  const isNew =
    coding.unknown === "missing" ? g.op("Not", [isAmong(g, x, [...coding.words, ...coding.rare])]) : null;
  const isMissing = isNew === null ? isEmpty : g.op("Or", [isEmpty, isNew]);
  const instead = missing.kind === "filled" ? missing.by : "";
  const word =
    isNew === null && missing.kind !== "filled" ? x : g.op("Where", [isMissing, g.texts([instead]), x]);
  const value = coded(g, coding, word);
  const marked = missing.kind === "filled" && missing.indicator;
  return {
    value: marked ? g.op("Concat", [value, g.cast(isMissing, "double")], { axis: -1 }) : value,
    valid: validWords(g, column, coding, word),
  };
}

function coded(g: GraphBuilder, coding: Told, word: Name): Name {
  const isWord = g.op("Equal", [word, g.texts(coding.words)]);
  switch (coding.kind) {
    case "one_hot":
      return g.cast(isWord, "double");
    case "numbers": {
      const width = coding.rows[0]?.length ?? 0;
      const own = g.op("MatMul", [
        g.cast(isWord, "double"),
        g.doubles(coding.rows.flat(), [coding.words.length, width]),
      ]);
      if (coding.others === null) return own;
      return g.op("Where", [isAmong(g, word, coding.words), own, g.doubles(coding.others)]);
    }
    case "index": {
      const place = g.op("ArgMax", [g.cast(isWord, "float")], { axis: -1, keepdims: 0 });
      const known = g.op("Squeeze", [isAmong(g, word, coding.words), g.ints([-1])]);
      // Of a word that is refused some index that there is: what comes of it is not seen.
      const others = Math.min(coding.words.length, coding.of - 1);
      return g.op("Where", [known, place, g.ints([others], [])]);
    }
  }
}

function isAmong(g: GraphBuilder, x: Name, words: readonly string[]): Name {
  const found = g.cast(g.op("Equal", [x, g.texts(words)]), "float");
  const any = g.op("ReduceMax", [found, g.ints([-1])], { keepdims: 1 });
  return g.op("Greater", [any, g.floats([0.5], [])]);
}

/** Null where any text is taken. */
function validWords(g: GraphBuilder, { values, missing }: WordColumn, coding: Told, word: Name): Name | null {
  const known = coding.unknown === "refused" ? [...coding.words, ...coding.rare] : null;
  const stated = values === null ? null : missing.kind === "own_word" ? [...values, ""] : values;
  const taken =
    stated === null ? known : known === null ? stated : stated.filter((one) => known.includes(one));
  if (taken !== null) return isAmong(g, word, taken);
  return missing.kind === "refused" ? g.op("Not", [g.op("Equal", [word, g.texts([""])])]) : null;
}
