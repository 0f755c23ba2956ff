// How a wrapper makes numbers of the values of each column, in JavaScript: a coder has the `size` of what it writes, reads
// all rows of its column, and writes one of them. What is wrong is told as the package tells it, with its code.

import type { Called } from "./carried.ts";

/** Of columns of numbers that the module scales itself, where some may be missing. */
export const PLAIN_CODERS = `
function coderOf(column, cells) {
  const { fill, indicator = false } = column;
  const isAbsent = (value) => cells.read(String(value)) === null;
  return {
    size: indicator ? 2 : 1,
    read: (rows, place) => rows.map((row, i) => numberOf(row, column, () => place(i), isAbsent)),
    write(value, x, at) {
      x[at] = value ?? fill;
      if (indicator) x[at + 1] = value === undefined ? 1 : 0;
    },
  };
}
`;

/** A kind of columns that a wrapper reads: what it calls of the packages, and what it does. */
export interface ColumnSource {
  readonly calls: readonly Called[];
  readonly source: string;
}

/** What all kinds share. */
export const COLUMNS: ColumnSource = {
  calls: ["isMissingWord", "quote", "saysMissing", "saysTooLarge"],
  source: `
const UNREAD = ["NW0630", "NW0631", "NW0653", "NW0654"];

function mistake(i, { name }, code, says) {
  const message = \`In row \${i + 1} of \\\`input\\\`, column \${quote(name)} \${says}.\`;
  return Object.assign(UNREAD.includes(code) ? new TypeError(message) : new RangeError(message), { code });
}

/** In the first row where that is so; what cannot be read is of phase 0 and told before what may not be there. */
function problems(phase, column, values, code, isWrong, says) {
  const i = values.findIndex(isWrong);
  return i < 0 ? [] : [{ phase, tell: () => mistake(i, column, code, says(values[i])) }];
}

function readAll(coders, rows) {
  const read = coders.map((coder) => coder.read(rows));
  const [first] = read.flatMap(({ wrong }) => wrong).sort((a, b) => a.phase - b.phase);
  if (first !== undefined) throw first.tell();
  return read.map(({ values }) => values);
}

function checkSize(x, from, to, i, column, cell) {
  for (let k = from; k < to; k++) {
    if (!Number.isFinite(Math.fround(x[k]))) throw mistake(i, column, "NW0635", saysTooLarge(cell()));
  }
}
`,
};

/** Numbers, whether the module scales them or an encoder makes several of each. `valuesOf` reads them from rows. */
export const NUMBER_COLUMNS: ColumnSource = {
  calls: ["misfitOf", "misfits", "saysMisfit", "saysText", "toCell"],
  source: `
function coderOfNumbers(column, reading, valuesOf) {
  const { unit, min, max, holds, fill, encoder, indicator = false, size = indicator ? 2 : 1 } = column;
  const coding = encoder === undefined ? null : opened(encoder);
  const rule = { contract: { unit, min, max, whole: holds === "whole numbers" }, encoder: { accepts: () => true }, reading };
  const misfit = (value) => (value === null ? null : misfitOf(rule, value));
  return {
    size,
    read(rows) {
      const { values, unread } = valuesOf(rows);
      const missing = fill === null ? problems(1, column, values, "NW0631", (value) => value === null, () => saysMissing) : [];
      const others = misfits.flatMap((kind) => {
        const value = values.find((one) => misfit(one) === kind);
        if (value === undefined) return [];
        const { code, says } = saysMisfit(rule, kind, value);
        return problems(1, column, values, code, (one) => one === value, () => says);
      });
      return { values, wrong: unread.length > 0 ? unread : [...missing, ...others] };
    },
    write(value, x, at, i) {
      if (coding === null) x[at] = value ?? fill;
      else coding.write([value ?? fill], { into: x, at, width: size });
      if (indicator) x[at + size - 1] = value === null ? 1 : 0;
      if (coding !== null) checkSize(x, at, at + size, i, column, () => reading?.spell(value) ?? String(value));
    },
  };
}

function numberCoder(column, cells) {
  return coderOfNumbers(column, null, (rows) => {
    const values = rows.map((row) => {
      const cell = toCell(givenIn(row, column));
      if (cell === null) return null;
      const value = cells.read(String(cell));
      return value === undefined ? String(cell).trim() : value;
    });
    return { values, unread: problems(0, column, values, "NW0630", (value) => typeof value === "string", saysText) };
  });
}
`,
};

/** Cells that say a number in another way: dates, truth values in words. */
export const READ_COLUMNS: ColumnSource = {
  calls: ["meaningOf", "toCell"],
  source: `
function readCoder(column, cells) {
  const reading = readings[column.holds](column.reading);
  if (reading === null) throw damaged("a reading is none");
  return coderOfNumbers(column, reading, (rows) => {
    const known = new Map();
    const words = wordsOf(rows.map((row) => toCell(givenIn(row, column))), cells, () => false);
    const values = words.map((word) => {
      if (!known.has(word)) known.set(word, meaningOf(word, reading));
      return known.get(word);
    });
    const isUnread = (value) => value !== null && typeof value !== "number";
    const code = values.find(isUnread)?.code;
    return { values, unread: problems(0, column, values, code, isUnread, ({ says }) => says) };
  });
}
`,
};

export const WORD_COLUMNS: ColumnSource = {
  calls: ["saysUnknown", "saysUnstated", "toCell"],
  source: `
function wordCoder(column, cells) {
  const { size, fill, values: stated, gaps, codes, indicator = false } = column;
  const coding = opened(column.encoder);
  const { knows, unknown, check, many, readsParts = false } = coding;
  const own = new Set(coding.words);
  const isOwnWord = (word) =>
    (readsParts && many === undefined) || own.has(word) || ((unknown === "error" || unknown === "missing") && knows(word));
  const isGap = (word) => word === "" || (unknown === "missing" && gaps && !knows(word));
  return {
    size,
    read(rows) {
      const words = wordsOf(rows.map((row) => toCell(givenIn(row, column))), cells, isOwnWord, codes).map((word) =>
        isGap(word) ? "" : word,
      );
      const found = (phase, code, isWrong, says) =>
        problems(phase, column, words, code, (word) => word !== "" && isWrong(word), says);
      const { code } = words.map((word) => (word === "" ? null : check?.(word))).find((problem) => problem) ?? {};
      const wrong = [
        ...(gaps ? [] : problems(1, column, words, "NW0631", (word) => word === "", () => saysMissing)),
        ...(check !== undefined
          ? found(1, code, check, (word) => check(word).says)
          : found(1, "NW0639", (word) => stated !== null && !stated.includes(word), saysUnstated)),
        ...found(2, "NW0658", (word) => !knows(word), saysUnknown),
      ];
      if (wrong.length > 0) return { wrong };
      const list = [...new Set(words)];
      const places = new Map(list.map((word, place) => [word, place]));
      const put = coding.writer(list.map((word) => (word === "" && fill !== null ? fill : word)));
      return { wrong, values: words.map((word) => ({ word, put, places: [places.get(word)] })) };
    },
    write({ word, put, places }, x, at, i) {
      put(places, { into: x, at, width: size });
      if (indicator) x[at + size - 1] = word === "" ? 1 : 0;
      if (check !== undefined) checkSize(x, at, at + size, i, column, () => quote(word));
    },
  };
}
`,
};
